// A table or view as the grid needs to know it: what to show, what to ask for, and how to name one row of it.

/** One column, as the present role may see it. */
export interface Column {
  readonly name: string
  /** As Postgres writes it, with its length: `character varying(40)`, `integer[]`. */
  readonly type: string
  /** `pg_type.typcategory`: `N` number, `S` text, `B` boolean, `D` date and time, `E` enum, `A` array … */
  readonly category: string
  /** The base type's bare name, such as `int8` or `jsonb`, for what depends on one type. */
  readonly base: string
  readonly nullable: boolean
  /** The default or the generating expression, as SQL. */
  readonly default: string | null
  /** `identity` has a default of its own; `always` and `generated` take no value at all. */
  readonly given: 'ordinary' | 'identity' | 'always' | 'generated'
  /** Labels to choose from; null for what is no enum. */
  readonly choices: readonly string[] | null
  readonly comment: string | null
  /** Values can be longer than a cell of the grid. */
  readonly long: boolean
  /** The present role may read it. */
  readonly readable: boolean
}

/** A foreign key: `columns` of this table name `to` in the other, in the same order. */
export interface Reference {
  readonly columns: readonly string[]
  readonly table: { readonly schema: string; readonly name: string }
  readonly to: readonly string[]
}

export type RelationKind = 'table' | 'partitioned' | 'view' | 'materialized' | 'foreign'

/** One row of a list of relations. */
export interface RelationHead {
  readonly schema: string
  readonly name: string
  readonly kind: RelationKind
  readonly comment: string | null
  /** Row Level Security is enabled. */
  readonly rls: boolean
  readonly policies: number
  /** Rows by the planner's last statistics; null before the first. */
  readonly estimate: number | null
}

export interface Relation extends RelationHead {
  readonly columns: readonly Column[]
  /** The primary key's columns in its order; empty where there is none. */
  readonly key: readonly string[]
  readonly references: readonly Reference[]
  /** How a row is named when it is to be changed: by key, by its place in the file, or not at all. */
  readonly rowsBy: 'key' | 'place' | null
}

/** The columns that name a row; none where rows have no name. */
export function namingKey({ rowsBy: by, key }: Relation): readonly string[] {
  return by === 'key' ? key : []
}

/** How a row of this relation can be named. A place in a partition would not say in which one. */
export function rowsBy(kind: RelationKind, key: readonly string[]): Relation['rowsBy'] {
  if (kind !== 'table' && kind !== 'partitioned') return null
  if (key.length > 0) return 'key'
  return kind === 'table' ? 'place' : null
}
