// What the server tells of tables, of the types of columns, and of what suits as their defaults.

export type TableKind = 'table' | 'partitioned-table' | 'view' | 'materialized-view' | 'foreign-table'

/** A relation in a list. */
export interface TableSummary {
  readonly schema: string
  readonly name: string
  readonly kind: TableKind
  readonly comment: string | null
  readonly estimatedRows: number | null
  /** Null while somebody is changing it. */
  readonly bytes: number | null
  readonly rowSecurity: boolean
  readonly policies: number
  readonly realtime: boolean
  readonly exposed: boolean
  readonly grants: Readonly<Record<string, readonly string[]>>
  readonly columns: readonly { readonly name: string; readonly type: string; readonly primaryKey: boolean }[]
}

export interface TableColumn {
  readonly name: string
  readonly type: string
  /** Of an array, the type of its elements. */
  readonly element: string | null
  readonly isArray: boolean
  readonly default: string | null
  readonly generated: string | null
  readonly nullable: boolean
  readonly identity: 'always' | 'by default' | null
  readonly unique: boolean
  readonly primaryKey: boolean
  readonly comment: string | null
  readonly checks: readonly { readonly name: string; readonly expression: string }[]
}

export interface ForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly referencedSchema: string
  readonly referencedTable: string
  readonly referencedColumns: readonly string[]
  readonly onDelete: string
  readonly onUpdate: string
}

export interface TableDetail extends Omit<TableSummary, 'columns'> {
  readonly version: string
  readonly columns: readonly TableColumn[]
  readonly foreignKeys: readonly ForeignKey[]
}

export interface ColumnType {
  /** As a column is declared. */
  readonly name: string
  /** As columns are told. */
  readonly type: string
  readonly group: string
  readonly description: string | null
}

/** Where one relation stands below `/platform/v1`. */
export function pathOf({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `/tables/${encodeURIComponent(schema)}/${encodeURIComponent(name)}`
}
