// What the server tells of tables and functions, as far as their documentation needs it.

export interface DescribedColumn {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly primaryKey: boolean
  /** SQL, as Postgres prints it. */
  readonly default: string | null
  readonly generated: string | null
  readonly identity: 'always' | 'by default' | null
  readonly enumValues: readonly string[] | null
  readonly comment: string | null
}

export interface DescribedTable {
  readonly schema: string
  readonly name: string
  readonly kind: 'table' | 'partitioned-table' | 'view' | 'materialized-view' | 'foreign-table'
  readonly comment: string | null
  readonly exposed: boolean
  readonly rowSecurity: boolean
  readonly columns: readonly DescribedColumn[]
  readonly foreignKeys: readonly {
    readonly name: string
    readonly referencedSchema: string
    readonly referencedTable: string
  }[]
}

export interface DescribedArgument {
  readonly name: string
  readonly type: string
  readonly mode: 'in' | 'out' | 'inout' | 'variadic' | 'table'
  readonly default: string | null
  readonly enumValues?: readonly string[] | null
}

export interface DescribedFunction {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window'
  readonly behaviour: 'immutable' | 'stable' | 'volatile'
  readonly returns: string | null
  readonly arguments: readonly DescribedArgument[]
  readonly comment: string
}

/** Where clients reach the API, and the key they may show. */
export interface Project {
  readonly url: string
  readonly publishableKey: string
}

/** One thing to do, in both languages. Everything stands in it but the client, which the introduction makes. */
export interface Snippet {
  readonly title: string
  readonly javascript: string
  readonly curl: string
}
