// A table to judge against real Postgres: changes as the stream would carry them, and what Postgres itself lets each
// identity select.

import { createTestDatabase, type TestDatabase } from '@tenon/testing'

import { openDatabase, type OpenDatabase } from '../../../../database/pipeline/open-database.ts'
import type { Sql } from '../../../../database/sql.ts'
import type { Identity } from '../../../../identity/identity.ts'
import { isRefusal } from '../../../../refusal/refusal.ts'
import type { Cell, Change, Relation } from '../../change.ts'
import { createTableKeeper } from '../../tables/create-table-keeper.ts'
import type { TableFacts, TableKeeper } from '../../tables/table-facts.ts'
import { createJudge, type JudgeEvent } from '../create-judge.ts'
import type { Judge, TableJudge } from '../judge.ts'
import { claimsStatement } from '../sql/ask-statements.ts'

export interface JudgedTable {
  readonly made: TestDatabase
  readonly database: OpenDatabase
  readonly tables: TableKeeper
  readonly judge: Judge
  readonly table: TableJudge
  readonly events: JudgeEvent[]
  /** Runs DDL as the superuser, then has everything forgotten. */
  redefine(text: string): Promise<void>
  /** Lets time pass. */
  pass(milliseconds: number): void
  /** The rows as they are stored, as inserts. */
  inserts(where?: string): Promise<readonly Change[]>
  close(): Promise<void>
}

export interface JudgedTableOptions {
  readonly fixture: string
  readonly schema?: string
  readonly table: string
  readonly deletes?: 'compatible' | 'strict'
}

export async function openJudgedTable(options: JudgedTableOptions): Promise<JudgedTable> {
  const { fixture, schema = 'public', table, deletes = 'strict' } = options
  const made = await createTestDatabase()
  await made.query(fixture, 'supabase_admin')
  const database = openDatabase({ url: made.url('authenticator'), size: 4 })
  const catalog = { database, readerRole: 'authenticator' }
  let clock = 0
  const project = { publication: 'supabase_realtime', extraSearchPath: ['extensions'] }
  const tables = createTableKeeper({ ...catalog, ...project, now: () => clock })
  const events: JudgeEvent[] = []
  const judge = createJudge({ ...catalog, tables, deletes, report: (event) => events.push(event) })
  return {
    made,
    database,
    tables,
    judge,
    table: judge.table(schema, table),
    events,
    async redefine(text) {
      await made.query(text, 'supabase_admin')
      judge.forget()
    },
    pass: (milliseconds) => {
      clock += milliseconds
    },
    inserts: async (where = 'true') => await readInserts(made, await factsOf(tables, schema, table), where),
    async close() {
      await database.close()
      await made.drop()
    },
  }
}

async function factsOf(tables: TableKeeper, schema: string, table: string): Promise<TableFacts> {
  const facts = await tables.table(schema, table)
  if (facts === null) throw new Error(`${schema}.${table} is not there`)
  return facts
}

async function readInserts(made: TestDatabase, facts: TableFacts, where: string): Promise<readonly Change[]> {
  const relation = relationOf(facts)
  const cells = facts.columns.map(({ name }) => `format('%s', "${name}")`)
  const texts = facts.columns.map(({ name }, index) => `case when num_nulls("${name}") = 0 then ${cells[index]} end`)
  const rows = await made.query(
    `select to_json(array[${texts.join(', ')}]) as cells from "${facts.schema}"."${facts.table}" where ${where} order by id`,
    'supabase_admin',
  )
  return rows.map(({ cells: record }, index) => ({
    kind: 'INSERT',
    relation,
    record: record as Cell[],
    oldRecord: null,
    index,
  }))
}

export function relationOf(facts: TableFacts): Relation {
  return {
    oid: facts.oid,
    schema: facts.schema,
    table: facts.table,
    replicaIdentity: facts.replicaIdentity,
    columns: facts.columns.map(({ name, typeOid }) => ({
      name,
      typeOid,
      isKey: facts.identityColumns.includes(name),
    })),
  }
}

/** What the stream tells of the row's deletion: what the replica identity carries. */
export function deletionOf({ relation, record, index }: Change): Change {
  const oldRecord = relation.columns.map(({ isKey }, place) => (isKey ? record?.[place] : undefined))
  return { kind: 'DELETE', relation, record: null, oldRecord, index }
}

let issued = 0

/** Each has a token of its own: no two show the same claims. */
export function identityOf(role: string, claims: Readonly<Record<string, unknown>>): Identity {
  issued += 1
  const all = { ...claims, role, iat: issued }
  return {
    kind: 'identity',
    role,
    claims: all,
    claimsJson: JSON.stringify(all),
    issuer: null,
    subject: typeof claims['sub'] === 'string' ? claims['sub'] : null,
    via: 'token',
    expiresAt: null,
  }
}

/** The places of the identities that each change is shown to. */
export async function judged(
  table: TableJudge,
  identities: readonly Identity[],
  changes: readonly Change[],
): Promise<readonly (readonly number[])[]> {
  const classes = await Promise.all(identities.map((identity) => table.admit(identity)))
  const seen = await table.judge(changes)
  for (const claimsClass of classes) table.release(claimsClass)
  return seen.map((visible) =>
    [...identities.keys()].filter((place) => visible.some((shown) => shown === classes[place])),
  )
}

export interface Selectable {
  /** For each row the places of the identities that can select it, by its `id` alone where all at once are refused. */
  readonly seen: readonly (readonly number[])[]
  /** The places of those whom Postgres refuses some row, for a policy that cannot be evaluated. */
  readonly refused: ReadonlySet<number>
}

/** What Postgres lets each identity select. */
export async function selectable(
  { database }: JudgedTable,
  identities: readonly Identity[],
  name: string,
  ids: readonly string[],
): Promise<Selectable> {
  const found: number[][] = ids.map(() => [])
  const refused = new Set<number>()
  await Promise.all(
    identities.map(async (identity, place) => {
      const rows = await selectableBy(database, identity, name, ids, () => refused.add(place))
      for (const index of rows) found[index]?.push(place)
    }),
  )
  return { seen: found.map((places) => places.sort((one, other) => one - other)), refused }
}

async function selectableBy(
  database: OpenDatabase,
  identity: Identity,
  name: string,
  ids: readonly string[],
  onRefusal: () => void,
): Promise<readonly number[]> {
  const question = {
    kind: 'statement',
    text: `select id from ${name} where id = any ($1::int[])` as Sql,
    values: [`{${ids.join()}}`],
  } as const
  try {
    const [, , all] = await database.run({
      kind: 'transaction',
      role: identity.role,
      settings: [
        ['plan_cache_mode', 'force_generic_plan'],
        ['request.jwt.claims', JSON.stringify({ role: identity.role })],
      ],
      readOnly: true,
      // Planned once, under claims that say nothing: planning evaluates some conditions, and fails where no row comes to them.
      statements: [{ ...question, values: ['{}'] }, claimsStatement(identity.claimsJson), question],
      end: 'commit',
    })
    const visible = new Set(all?.rows.map(([id]) => id))
    return [...ids.keys()].filter((index) => visible.has(ids[index] ?? ''))
  } catch (thrown) {
    if (!isRefusal(thrown) || thrown.code !== 'postgres.error') throw thrown
    onRefusal()
    if (ids.length < 2) return []
    const each = ids.map(async (id, index) =>
      (await selectableBy(database, identity, name, [id], onRefusal)).length > 0 ? [index] : [],
    )
    return (await Promise.all(each)).flat()
  }
}
