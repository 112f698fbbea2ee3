// What the platform tells of a relation, as it goes over the wire.

/** A relation in the list: a table, view, materialised view, foreign or partitioned table. */
export interface TableSummary {
  readonly schema: string
  readonly name: string
  readonly kind: 'table' | 'partitioned-table' | 'view' | 'materialized-view' | 'foreign-table'
  readonly comment: string | null
  readonly owner: string
  /** By the last ANALYZE; null where there was none. */
  readonly estimatedRows: number | null
  /** With its indexes; null while somebody is changing it. */
  readonly bytes: number | null
  readonly rowSecurity: boolean
  readonly forceRowSecurity: boolean
  /** How many. */
  readonly policies: number
  /** In publication supabase_realtime. */
  readonly realtime: boolean
  /** Its schema is one that the REST door serves. */
  readonly exposed: boolean
  /** API role → which of select, insert, update, delete it was granted. */
  readonly grants: Readonly<Record<string, readonly string[]>>
  readonly columns: readonly ColumnSummary[]
}

interface ColumnSummary {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly primaryKey: boolean
}

export interface TableColumn extends ColumnSummary {
  readonly position: number
  /** Of an array, the type of its elements. */
  readonly element: string | null
  readonly isArray: boolean
  /** SQL, as Postgres prints it. */
  readonly default: string | null
  readonly generated: string | null
  readonly identity: 'always' | 'by default' | null
  readonly unique: boolean
  readonly enumValues: readonly string[] | null
  readonly comment: string | null
  /** Those that concern this column alone. */
  readonly checks: readonly { readonly name: string; readonly expression: string }[]
}

export interface ForeignKey {
  readonly name: string
  readonly schema: string
  readonly table: string
  readonly columns: readonly string[]
  readonly referencedSchema: string
  readonly referencedTable: string
  readonly referencedColumns: readonly string[]
  readonly onDelete: string
  readonly onUpdate: string
}

interface TableConstraint {
  readonly name: string
  readonly kind: 'primary key' | 'unique' | 'check' | 'foreign key' | 'exclusion' | 'not null' | 'trigger'
  readonly columns: readonly string[]
  readonly definition: string
  readonly validated: boolean
}

export interface TableIndex {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly method: string
  readonly unique: boolean
  readonly primary: boolean
  /** False while it is built concurrently, and where building it failed. */
  readonly valid: boolean
  /** A primary key or another constraint keeps it. */
  readonly constraint: boolean
  /** Names, quoted where need be, or expressions. */
  readonly columns: readonly string[]
  readonly where: string | null
  readonly definition: string
  readonly bytes: number
  /** Times it was used since the statistics began. */
  readonly scans: number
}

export interface TableDetail extends Omit<TableSummary, 'columns'> {
  /** What `PATCH` asks for: it changes when a column does. */
  readonly version: string
  readonly columns: readonly TableColumn[]
  readonly constraints: readonly TableConstraint[]
  readonly foreignKeys: readonly ForeignKey[]
  /** Foreign keys of others that point here. */
  readonly referencedBy: readonly ForeignKey[]
  readonly indexes: readonly TableIndex[]
  readonly triggers: readonly { readonly name: string; readonly enabled: boolean; readonly definition: string }[]
}
