import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let database: TestDatabase
let admin: Client

beforeAll(async () => {
  database = await createTestDatabase()
  admin = new Client(database.settings('supabase_admin'))
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await database.drop()
})

/** Runs the text as a role, in a transaction that is rolled back; the last statement's rows, and the warnings. */
async function asRole(role: string, text: string): Promise<{ rows: unknown[]; warnings: string[] }> {
  const warnings: string[] = []
  const hear = (notice: { message: string | undefined }): number => warnings.push(notice.message ?? '')
  admin.on('notice', hear)
  await admin.query('begin')
  try {
    await admin.query(`set local role ${role}`)
    const results: unknown = await admin.query(text)
    const last = (Array.isArray(results) ? results.at(-1) : results) as { rows: unknown[] }
    return { rows: last.rows, warnings }
  } finally {
    await admin.query('rollback')
    admin.off('notice', hear)
  }
}

const sent = 'select payload, event, topic, private, extension, binary_payload from realtime.messages'

describe('realtime.messages', () => {
  it('has the columns that projects know, and Row Level Security', async () => {
    const { rows } = await admin.query(`
      select string_agg(attname || ' ' || atttypid::regtype, ', ' order by attnum) as columns, relrowsecurity
      from pg_attribute join pg_class on pg_class.oid = attrelid
      where attrelid = 'realtime.messages'::regclass and attnum > 0 group by relrowsecurity`)
    expect(rows).toEqual([
      {
        columns: [
          'topic text',
          'extension text',
          'payload jsonb',
          'event text',
          'private boolean',
          'updated_at timestamp without time zone',
          'inserted_at timestamp without time zone',
          'id uuid',
          'binary_payload bytea',
        ].join(', '),
        relrowsecurity: true,
      },
    ])
  })

  it.each(['anon', 'authenticated', 'service_role'])(
    '%s may select, insert and update, and not delete',
    async (role) => {
      const { rows } = await admin.query<{ held: boolean[] }>(
        `select array_agg(has_table_privilege($1, 'realtime.messages', privilege) order by place) as held
       from unnest(array['select', 'insert', 'update', 'delete']) with ordinality as wanted (privilege, place)`,
        [role],
      )
      expect(rows[0]?.held).toEqual([true, true, true, false])
    },
  )

  it.each([
    `create policy "members read" on "realtime"."messages" for select to authenticated
      using (realtime.messages.extension in ('broadcast', 'presence') and (select realtime.topic()) = 'room')`,
    'alter table realtime.messages enable row level security',
    'grant select, insert on realtime.messages to authenticated',
    'grant usage on schema realtime to authenticated',
    'grant execute on function realtime.send(jsonb, text, text, boolean) to authenticated',
    'create index on realtime.messages (event)',
    'alter publication supabase_realtime add table realtime.messages',
    'delete from realtime.messages',
  ])('lets role postgres do what migrations do: %s', async (text) => {
    await expect(database.query(`begin; ${text}; rollback`)).resolves.toEqual([])
  })

  it('is published by its root, and its inserts alone', async () => {
    const { rows } = await admin.query(`
      select pubinsert, pubupdate, pubdelete, pubviaroot, tablename from pg_publication
      join pg_publication_tables using (pubname) where pubname = 'supabase_realtime_messages_publication'`)
    expect(rows).toEqual([
      { pubinsert: true, pubupdate: false, pubdelete: false, pubviaroot: true, tablename: 'messages' },
    ])
  })
})

describe('realtime.send', () => {
  it('writes a private broadcast, with an id where the payload has none', async () => {
    const { rows } = await asRole('postgres', `select realtime.send('{"a":1}', 'news', 'room'); ${sent}`)
    expect(rows).toEqual([
      {
        payload: { a: 1, id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
        event: 'news',
        topic: 'room',
        private: true,
        extension: 'broadcast',
        binary_payload: null,
      },
    ])
  })

  it.each([
    ['{"id":"mine"}', { id: 'mine' }],
    ['[1]', [1]],
    ['null', null],
  ])('leaves %s as it is', async (payload, expected) => {
    const { rows } = await asRole('postgres', `select realtime.send('${payload}', 'e', 'room', false); ${sent}`)
    expect(rows).toMatchObject([{ payload: expected, private: false }])
  })

  it('shows the topic to policies', async () => {
    const { rows } = await asRole(
      'postgres',
      `select realtime.send('{}', 'e', 'a ''quoted'' room'); select realtime.topic() as topic`,
    )
    expect(rows).toEqual([{ topic: `a 'quoted' room` }])
  })

  it('warns where it fails and undoes nothing', async () => {
    const { rows, warnings } = await asRole('anon', `select realtime.send('{}', 'e', 'room'); select 1 as alive`)
    expect(rows).toEqual([{ alive: 1 }])
    expect(warnings).toEqual([
      'WarnSendingBroadcastMessage: new row violates row-level security policy for table "messages"',
    ])
  })

  it('sends bytes as bytes', async () => {
    const { rows } = await asRole('postgres', `select realtime.send_binary('\\x0001ff', 'e', 'room'); ${sent}`)
    expect(rows).toMatchObject([{ payload: null, binary_payload: Buffer.from([0, 1, 255]), private: true }])
  })

  it('finds a partition on any day', async () => {
    await admin.query('begin')
    await admin.query(`insert into realtime.messages (topic, extension, inserted_at)
      values ('room', 'broadcast', '2001-01-01'), ('room', 'broadcast', '2101-01-01')`)
    const { rows } = await admin.query('select distinct tableoid::regclass::text as kept from realtime.messages')
    await admin.query('rollback')
    expect(rows).toEqual([{ kept: 'realtime.messages_default' }])
  })
})

describe('realtime.broadcast_changes', () => {
  const table = `create table public.notes (id int primary key, body text);
    create function public.tell() returns trigger security definer language plpgsql as $$
    begin
      perform realtime.broadcast_changes(
        'notes:' || coalesce(new.id, old.id), tg_op, tg_op, tg_table_name, tg_table_schema, new, old);
      return null;
    end $$;
    create trigger tell after insert or update or delete on public.notes for each row execute function public.tell();`

  it('tells what became of a row', async () => {
    const { rows } = await asRole(
      'postgres',
      `${table} insert into public.notes values (1, 'a'); update public.notes set body = 'b'; delete from public.notes;
       select topic, event, payload - 'id' as payload from realtime.messages
       order by array_position(array['INSERT', 'UPDATE', 'DELETE'], event)`,
    )
    const common = { table: 'notes', schema: 'public' }
    const [first, second] = [
      { id: 1, body: 'a' },
      { id: 1, body: 'b' },
    ]
    expect(rows).toEqual([
      {
        topic: 'notes:1',
        event: 'INSERT',
        payload: { ...common, operation: 'INSERT', record: first, old_record: null },
      },
      {
        topic: 'notes:1',
        event: 'UPDATE',
        payload: { ...common, operation: 'UPDATE', record: second, old_record: first },
      },
      {
        topic: 'notes:1',
        event: 'DELETE',
        payload: { ...common, operation: 'DELETE', record: null, old_record: second },
      },
    ])
  })

  it.each([
    ['a statement trigger', `'INSERT', 't', 's', row(1), row(1), 'STATEMENT'`],
    ['an unknown operation', `'TRUNCATE', 't', 's', row(1), row(1)`],
  ])('refuses %s', async (_, parameters) => {
    await expect(asRole('postgres', `select realtime.broadcast_changes('room', 'e', ${parameters})`)).rejects.toThrow(
      'Failed to process the row',
    )
  })
})

describe("the server's own functions", () => {
  it.each(['anon', 'authenticated', 'service_role'])('%s may not call them', async (role) => {
    await expect(asRole(role, `select tenon.place_probes('room')`)).rejects.toMatchObject({ code: '42501' })
    await expect(asRole(role, `select tenon.channel_access('service_role', 'room')`)).rejects.toMatchObject({
      code: '42501',
    })
    await expect(asRole(role, `select tenon.keep_messages(current_date, 0)`)).rejects.toMatchObject({ code: '42501' })
  })
})
