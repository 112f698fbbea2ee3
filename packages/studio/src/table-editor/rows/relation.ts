// Tables, views and their rows, as `/platform/v1/rows` tells of them.

export interface TableName {
  readonly schema: string
  readonly name: string
}

export interface Column {
  readonly name: string
  readonly type: string
  /** `pg_type.typcategory`. */
  readonly category: string
  readonly base: string
  readonly nullable: boolean
  readonly default: string | null
  readonly given: 'ordinary' | 'identity' | 'always' | 'generated'
  readonly choices: readonly string[] | null
  readonly comment: string | null
  readonly long: boolean
  readonly readable: boolean
}

export interface Reference {
  readonly columns: readonly string[]
  readonly table: TableName
  readonly to: readonly string[]
}

export interface RelationHead extends TableName {
  readonly kind: 'table' | 'partitioned' | 'view' | 'materialized' | 'foreign'
  readonly comment: string | null
  readonly rls: boolean
  readonly policies: number
  readonly estimate: number | null
}

export interface Relation extends RelationHead {
  readonly columns: readonly Column[]
  readonly key: readonly string[]
  readonly references: readonly Reference[]
  readonly rowsBy: 'key' | 'place' | null
}

export interface Row {
  readonly cells: readonly (string | null)[]
  /** By column, how long the whole value is where the cell has only its beginning. */
  readonly cut: Readonly<Record<string, number>>
  readonly key: Readonly<Record<string, string>> | null
  readonly place: string | null
  readonly version: string | null
}

/** What the endpoints that change a row need of it. */
export function nameOf({ key, place, version }: Row): Pick<Row, 'key' | 'place' | 'version'> {
  return { key, place, version }
}

/** The same row in whatever version. Without a key it is another row after each change. */
export function identityOf({ key, place }: Row): string {
  return key === null ? (place ?? '') : JSON.stringify(Object.values(key))
}

/** The foreign key of which this column is the only one, or else the first that it is part of. */
export function referenceOf(relation: Relation, column: string): Reference | undefined {
  const all = relation.references.filter(({ columns }) => columns.includes(column))
  return all.find(({ columns }) => columns.length === 1) ?? all[0]
}
