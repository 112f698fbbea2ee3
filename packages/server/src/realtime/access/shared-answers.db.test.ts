import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { openDatabase, type OpenDatabase } from '../../database/pipeline/open-database.ts'
import type { Identity } from '../../identity/identity.ts'
import { askChannelAccess } from './ask-access.ts'
import { createAuthorize } from './create-authorize.ts'

let made: TestDatabase
let database: OpenDatabase

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase({ url: made.url('authenticator'), size: 4 })
  await made.query(`
    create table public.members (person text, room text);
    alter table public.members enable row level security;
    create policy "of one's organisation" on public.members for select to public
      using (room = (auth.jwt() -> 'o' ->> 'id'));
    grant select on public.members to anon, authenticated;
    insert into public.members values ('a', 'x'), ('b', 'y');
    create function public.person() returns text language sql stable as $$ select auth.jwt() ->> 'sub' $$;`)
})
afterAll(async () => {
  await database.close()
  await made.drop()
})

const leaf = fc.constantFrom(
  'true',
  'false',
  `extension = 'broadcast'`,
  `topic = 'x'`,
  `realtime.topic() = (auth.jwt() -> 'o' ->> 'id')`,
  `(select auth.jwt() ->> 'sub') in ('a', 'b')`,
  `auth.jwt() -> 'o' is null`,
  `(select auth.role()) = 'anon'`,
  `auth.email() like '%@x.com'`,
  `split_part(realtime.topic(), ':', 1) = coalesce(auth.jwt() ->> 'email', 'x')`,
  `current_setting('request.headers')::json ->> 'h' = '1'`,
  `current_setting('request.jwt.claims', true)::jsonb ->> 'sub' = 'a'`,
  `public.person() = 'b'`,
  `exists (select from public.members where person = (select auth.jwt() ->> 'sub'))`,
)
const condition = fc.oneof(
  leaf,
  fc.tuple(leaf, leaf).map(([one, other]) => `(${one}) and (${other})`),
  fc.tuple(leaf, leaf).map(([one, other]) => `(${one}) or (${other})`),
  leaf.map((one) => `not (${one})`),
)
const policy = fc.record({
  command: fc.constantFrom('select', 'insert', 'all'),
  kind: fc.constantFrom('permissive', 'permissive', 'restrictive'),
  role: fc.constantFrom('public', 'anon', 'authenticated'),
  condition,
})
const question = fc.record({
  role: fc.constantFrom('anon', 'authenticated'),
  claims: fc.record(
    {
      sub: fc.constantFrom('a', 'b', null),
      email: fc.constantFrom('a@x.com', 'x'),
      o: fc.constantFrom({ id: 'x' }, { id: 'y' }),
      iat: fc.nat(3),
    },
    { requiredKeys: [] },
  ),
  topic: fc.constantFrom('x', 'y'),
  headers: fc.constantFrom('{"h":"1"}', '{"h":"2"}'),
})

function identityOf({ role, claims }: { role: string; claims: object }): Identity {
  const all = { ...claims, role } as Readonly<Record<string, unknown>>
  const subject = typeof all['sub'] === 'string' ? all['sub'] : null
  const claimsJson = JSON.stringify(all)
  return { kind: 'identity', role, claims: all, claimsJson, issuer: null, subject, via: 'token', expiresAt: null }
}

type Policy = typeof policy extends fc.Arbitrary<infer Made> ? Made : never

async function setPolicies(policies: readonly Policy[]): Promise<void> {
  const created = policies.map(({ command, kind, role, condition: text }, index) => {
    const using = command === 'insert' ? '' : `using (${text})`
    const check = command === 'select' ? '' : `with check (${text})`
    return `create policy p${index} on realtime.messages as ${kind} for ${command} to ${role} ${using} ${check}`
  })
  const drop = `do $$ declare p text; begin
    for p in select policyname from pg_policies where schemaname = 'realtime' and tablename = 'messages' loop
      execute format('drop policy %I on realtime.messages', p);
    end loop; end $$`
  await made.query([drop, ...created].join(';'))
}

it('an answer that is shared is the one that everybody would get for herself', async () => {
  const asking = {
    database: { run: async (transaction) => await database.run(transaction) },
    onWriteFailure() {},
  } satisfies Parameters<typeof askChannelAccess>[0]
  await fc.assert(
    fc.asyncProperty(
      fc.array(policy, { minLength: 1, maxLength: 3 }),
      fc.array(question, { minLength: 2, maxLength: 12 }),
      async (policies, questions) => {
        await setPolicies(policies)
        const { authorize } = createAuthorize({ ...asking, now: () => 0, hearsOfChanges: () => true })
        for (const { topic, headers, ...who } of questions) {
          const identity = identityOf(who)
          expect(await authorize(identity, topic, headers)).toEqual(
            await askChannelAccess(asking, identity, topic, headers),
          )
        }
      },
    ),
    { numRuns: 60 },
  )
})
