// What the catalog says about a table that subscriptions are about: everything that judging and printing a change need.

export interface TableFacts {
  readonly oid: number
  readonly schema: string
  readonly table: string
  readonly columns: readonly ColumnFacts[]
  /** Names, in key order; empty without a primary key. */
  readonly primaryKey: readonly string[]
  readonly rowSecurity: boolean
  readonly replicaIdentity: 'default' | 'nothing' | 'full' | 'index'
  /** Columns that the replica identity carries of an old row. */
  readonly identityColumns: readonly string[]
  /** In the publication. */
  readonly isPublished: boolean
  /** It is partitioned, and its changes go by the names of its partitions: to whoever names the table, none. */
  readonly isPublishedInParts: boolean
  readonly policies: readonly PolicyFacts[]
  /** Somewhere in the database is a collation under which texts that differ may be equal. */
  readonly hasNondeterministicCollations: boolean
  /** The search path that `PolicyFacts.usingInPath` was printed under. */
  readonly searchPath: string
}

export interface ColumnFacts {
  readonly name: string
  readonly typeOid: number
  /** As upstream's `columns[].type` says it: `int8`, `timestamptz`, `_text`. */
  readonly typeName: string
  readonly attnum: number
  /** As a column definition says it, with its schema and modifier: `character varying(40)`. */
  readonly typeSql: string
  readonly typeKind: 'base' | 'composite' | 'domain' | 'enum' | 'range' | 'multirange' | 'pseudo'
  /** Texts that differ are never equal by the column's collation; true for what has none. */
  readonly isDeterministic: boolean
}

/** A policy that lets rows be read: FOR SELECT or FOR ALL. */
export interface PolicyFacts {
  readonly name: string
  readonly isPermissive: boolean
  /** Role names; empty for PUBLIC. */
  readonly roles: readonly string[]
  /** USING, as `pg_get_expr` prints it with an empty search path. */
  readonly using: string
  /** The same under the table's `searchPath`, where it means what Postgres stored. */
  readonly usingInPath: string
}

/** What one role may do with one table. */
export interface RoleFacts {
  readonly role: string
  /** Row Level Security does not hold for it: BYPASSRLS, a superuser, or the owner without FORCE. */
  readonly bypassesRowSecurity: boolean
  /** Names of the columns it may select. */
  readonly readableColumns: ReadonlySet<string>
  /** Roles it is a member of with inheritance, itself among them: policies `TO` one of them hold for it. */
  readonly inherits: ReadonlySet<string>
  /** Schemas it has USAGE on. */
  readonly schemas: ReadonlySet<string>
}

export interface TableKeeper {
  /** The facts as of now, read once and kept until `forget`. Null for a table that does not exist. Refuses with `postgres.*`. */
  table(schema: string, table: string): Promise<TableFacts | null>
  /** As of a few seconds ago at most. Refuses with `postgres.*`; 42704 for a role, 42P01 for a table that does not exist. */
  role(oid: number, role: string): Promise<RoleFacts>
  /** Reads anew whatever is asked for next. */
  forget(): void
}
