// Triggers: listing, making, changing and dropping them; `sql` is what was run.

import type { Sql } from '../../../database/sql.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformSession, Value } from '../../database/platform-database.ts'
import { runStatements } from '../../database/run-statements.ts'
import { triggerByName, triggerByOid, triggersOfSchema } from './sql/trigger-rows.ts'
import { changeTrigger, createTrigger, dropTrigger, type TriggerNamed } from './sql/trigger-statements.ts'
import type { TriggerChange, TriggerInput } from './trigger-input.ts'

interface TriggerShown extends TriggerNamed {
  readonly oid: number
  readonly [member: string]: unknown
}

interface Changed {
  readonly sql: readonly string[]
  /** Null where nothing was run, or it is gone. */
  readonly trigger: TriggerShown | null
}

/** The triggers on the tables of a schema. */
export async function listTriggers(session: PlatformSession, schema: string): Promise<readonly TriggerShown[]> {
  return await shownRows(session, triggersOfSchema, [schema])
}

/** Refuses `postgres.*`. */
export async function makeTrigger(session: PlatformSession, input: TriggerInput): Promise<Changed> {
  const statement = createTrigger(input)
  if (input.preview) return { sql: [statement], trigger: null }
  await session.execute(statement)
  const [trigger] = await shownRows(session, triggerByName, [input.schema, input.table, input.name])
  return { sql: [statement], trigger: trigger ?? null }
}

/** Refuses `platform.object-unknown`. */
export async function alterTrigger(session: PlatformSession, oid: number, change: TriggerChange): Promise<Changed> {
  const statements = changeTrigger(await readTrigger(session, oid), change)
  if (change.preview) return { sql: statements, trigger: null }
  await runStatements(session, statements)
  return { sql: statements, trigger: await readTrigger(session, oid) }
}

/** Refuses `platform.object-unknown`. */
export async function removeTrigger(session: PlatformSession, oid: number): Promise<Changed> {
  const statement = dropTrigger(await readTrigger(session, oid))
  await session.execute(statement)
  return { sql: [statement], trigger: null }
}

async function readTrigger(session: PlatformSession, oid: number): Promise<TriggerShown> {
  const [trigger] = await shownRows(session, triggerByOid, [oid])
  if (trigger === undefined) throw new Refusal('platform.object-unknown', { kind: 'trigger', id: String(oid) })
  return trigger
}

async function shownRows(
  session: PlatformSession,
  text: Sql,
  values: readonly Value[],
): Promise<readonly TriggerShown[]> {
  const rows = await session.rows<TriggerNamed & { oid: string }>(text, values)
  return rows.map((row) => ({ ...row, oid: Number(row.oid) }))
}
