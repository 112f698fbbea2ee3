// What one item of `postgres_changes` asks for.

import type { Change } from '../../change.ts'
import type { Since } from '../replay/since.ts'

export interface ChangeRequest {
  readonly event: '*' | Change['kind']
  /** `*` for every schema. */
  readonly schema: string
  /** Null for every table of the schema. */
  readonly table: string | null
  /** Null for every row. */
  readonly filter: string | null
  /** Null for every column. */
  readonly select: readonly string[] | null
  /** Changes from before the join are wanted too. */
  readonly since: Since | null
}

export function concernsTable({ schema, table }: ChangeRequest, relation: TableName): boolean {
  return (schema === '*' || schema === relation.schema) && (table === null || table === relation.table)
}

export interface TableName {
  readonly schema: string
  readonly table: string
}
