// One table's or one role's facts, each in one read-only round trip.

import { booleanAt, jsonAt, numberAt, textAt, textOrNullAt } from '../../../catalog/assemble/cells.ts'
import { identifier } from '../../../database/sql.ts'
import type { Rows, Statement } from '../../../database/statement.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { TableKeeperOptions } from './create-table-keeper.ts'
import {
  columnsStatement,
  policiesStatement,
  roleStatement,
  searchPathStatement,
  tableStatement,
} from './sql/table-statements.ts'
import type { ColumnFacts, PolicyFacts, RoleFacts, TableFacts } from './table-facts.ts'

const replicaIdentities: Readonly<Record<string, TableFacts['replicaIdentity']>> = {
  d: 'default',
  n: 'nothing',
  f: 'full',
  i: 'index',
}

const typeKinds: Readonly<Record<string, ColumnFacts['typeKind']>> = {
  b: 'base',
  c: 'composite',
  d: 'domain',
  e: 'enum',
  r: 'range',
  m: 'multirange',
}

/** Null for what is no table. Refuses with `postgres.*`. */
export async function readTable(
  options: TableKeeperOptions,
  schema: string,
  table: string,
): Promise<TableFacts | null> {
  const searchPath = [schema, ...options.extraSearchPath].map(identifier).join(', ')
  const [tables, columns, policies, , inPath] = await read(options, [
    tableStatement(schema, table, options.publication),
    columnsStatement(schema, table),
    policiesStatement(schema, table),
    searchPathStatement(searchPath),
    policiesStatement(schema, table),
  ])
  const cells = tables?.rows[0]
  if (cells === undefined) return null
  const rows = columns?.rows ?? []
  return {
    oid: numberAt(cells, 0),
    schema,
    table,
    columns: rows.map(columnOf),
    primaryKey: primaryKeyOf(rows),
    rowSecurity: booleanAt(cells, 1),
    replicaIdentity: replicaIdentities[textAt(cells, 2)] ?? 'nothing',
    identityColumns: rows.filter((row) => booleanAt(row, 8)).map((row) => textAt(row, 0)),
    isPublished: booleanAt(cells, 3),
    isPublishedInParts: booleanAt(cells, 5),
    policies: (policies?.rows ?? []).map((row, index) => policyOf(row, inPath?.rows[index] ?? row)),
    hasNondeterministicCollations: booleanAt(cells, 4),
    searchPath,
  }
}

/** Refuses with `postgres.*`. */
export async function readRole(options: TableKeeperOptions, oid: number, role: string): Promise<RoleFacts> {
  const [roles] = await read(options, [roleStatement(oid, role)])
  const cells = roles?.rows[0]
  if (cells === undefined) {
    const message = `the table with oid ${oid} does not exist`
    throw new Refusal('postgres.error', { sqlstate: '42P01', message, detail: null, hint: null, role })
  }
  return {
    role,
    bypassesRowSecurity: booleanAt(cells, 0),
    readableColumns: new Set(jsonAt<string[]>(cells, 1, [])),
    inherits: new Set(jsonAt<string[]>(cells, 2, [])),
    schemas: new Set(jsonAt<string[]>(cells, 3, [])),
  }
}

async function read(options: TableKeeperOptions, statements: readonly Statement[]): Promise<readonly Rows[]> {
  return await options.database.run({
    kind: 'transaction',
    role: options.readerRole,
    // With nothing on the search path, Postgres prints every name with its schema.
    settings: [['search_path', '']],
    readOnly: true,
    isolation: 'repeatable read',
    statements,
    end: 'commit',
  })
}

type Cells = Rows['rows'][number]

function columnOf(cells: Cells): ColumnFacts {
  return {
    name: textAt(cells, 0),
    typeOid: numberAt(cells, 1),
    typeName: textAt(cells, 2),
    attnum: numberAt(cells, 3),
    typeSql: textAt(cells, 4),
    typeKind: typeKinds[textAt(cells, 5)] ?? 'pseudo',
    isDeterministic: booleanAt(cells, 6),
  }
}

function primaryKeyOf(rows: readonly Cells[]): readonly string[] {
  return rows
    .filter((row) => textOrNullAt(row, 7) !== null)
    .sort((one, other) => numberAt(one, 7) - numberAt(other, 7))
    .map((row) => textAt(row, 0))
}

function policyOf(cells: Cells, inPath: Cells): PolicyFacts {
  return {
    name: textAt(cells, 0),
    isPermissive: booleanAt(cells, 1),
    roles: jsonAt<string[]>(cells, 2, []),
    using: textAt(cells, 3),
    usingInPath: textAt(inPath, 3),
  }
}
