// The filters in use, each checked by Postgres once for everybody who writes the same.

import type { Database } from '../../../../database/statement.ts'
import { isRefusal, Refusal } from '../../../../refusal/refusal.ts'
import type { RoleFacts, TableFacts } from '../../tables/table-facts.ts'
import type { ColumnType } from './compile/column-type.ts'
import { compileFilter, type Filter } from './compile/compile-filter.ts'
import type { Condition } from './parse/condition.ts'
import { parseFilter } from './parse/parse-filter.ts'
import { checkFilterStatement, readChecked } from './sql/check-filter.ts'
import { columnTypesStatement, readColumnTypes } from './sql/column-types.ts'

/** Filters kept for those who join next; the ones in use are held by their subscriptions. */
const MOST_KEPT = 10_000
/** Milliseconds that Postgres may take to read a filter. */
const PATIENCE = '1000'

export interface FilterKeeper {
  /** Refuses with `realtime.subscription-invalid`, and with `postgres.*` where nobody could be asked. */
  check(text: string, table: TableFacts, role: RoleFacts): Promise<Filter>
  forget(): void
}

export function createFilterKeeper(database: Pick<Database, 'run'>): FilterKeeper {
  const filters = new Map<string, Promise<Filter>>()
  const types = new Map<number, Promise<readonly ColumnType[]>>()

  const typesOf = async (table: TableFacts, { role }: RoleFacts): Promise<readonly ColumnType[]> => {
    const statements = [columnTypesStatement(table.oid)]
    const [rows] = await database.run({ ...reading(role), statements })
    return rows === undefined ? [] : readColumnTypes(rows)
  }

  const checkAnew = async (text: string, table: TableFacts, role: RoleFacts): Promise<Filter> => {
    const conditions = parseFilter(text)
    for (const condition of conditions) requireColumn(condition, table, role)
    const known = await remember(types, table.oid, async () => await typesOf(table, role))
    const typed = conditions.map((condition) => ({ condition, type: typeOf(condition, known) }))
    const [rows] = await runCheck(database, role.role, [checkFilterStatement(typed)])
    return compileFilter(text, rows === undefined ? [] : readChecked(typed, rows))
  }

  return {
    async check(text, table, role) {
      const key = JSON.stringify([table.oid, role.role, text])
      return await remember(filters, key, async () => await checkAnew(text, table, role))
    },
    forget() {
      filters.clear()
      types.clear()
    },
  }
}

async function remember<Key, Value>(
  kept: Map<Key, Promise<Value>>,
  key: Key,
  make: () => Promise<Value>,
): Promise<Value> {
  const known = kept.get(key)
  if (known !== undefined) return await known
  const made = make()
  kept.set(key, made)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  try {
    return await made
  } catch (error) {
    if (kept.get(key) === made) kept.delete(key)
    throw error
  }
}

function requireColumn({ column }: Condition, table: TableFacts, { role, readableColumns }: RoleFacts): void {
  if (!table.columns.some(({ name }) => name === column)) {
    throw invalid(`invalid column for filter ${column}: table ${table.schema}.${table.table} has no column ${column}`)
  }
  if (!readableColumns.has(column)) throw invalid(`role ${role} may not read column ${column}`)
}

function typeOf({ column }: Condition, types: readonly ColumnType[]): ColumnType {
  const type = types.find((candidate) => candidate.column === column)
  if (type === undefined) throw invalid(`column ${column} is gone`)
  return type
}

// What Postgres says no to here is the client's filter; that Postgres cannot be reached is not.
async function runCheck(
  database: Pick<Database, 'run'>,
  role: string,
  statements: Parameters<Database['run']>[0]['statements'],
): ReturnType<Database['run']> {
  try {
    return await database.run({ ...reading(role), statements })
  } catch (error) {
    if (isRefusal(error) && error.code === 'postgres.error' && /^(22|42|57014)/.test(error.detail.sqlstate)) {
      throw invalid(error.detail.message, error)
    }
    throw error
  }
}

function reading(role: string): Omit<Parameters<Database['run']>[0], 'statements'> {
  const settingsBeforeRole = [['statement_timeout', PATIENCE] as const]
  return { kind: 'transaction', role, settingsBeforeRole, settings: [], readOnly: true, end: 'commit' }
}

function invalid(reason: string, cause?: unknown): Refusal {
  return new Refusal('realtime.subscription-invalid', { reason }, { cause })
}
