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
  readonly policies: readonly PolicyFacts[]
}

export interface ColumnFacts {
  readonly name: string
  readonly typeOid: number
  /** As upstream's `columns[].type` says it: `int8`, `timestamptz`, `_text`. */
  readonly typeName: string
  readonly attnum: number
}

/** A policy that lets rows be read: FOR SELECT or FOR ALL. */
export interface PolicyFacts {
  readonly name: string
  readonly isPermissive: boolean
  /** Role names; empty for PUBLIC. */
  readonly roles: readonly string[]
  /** USING, as `pg_get_expr` prints it with an empty search path. */
  readonly using: string
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
}

export interface TableKeeper {
  /** The facts as of now, read once and kept until `forget`. Null for a table that does not exist. */
  table(schema: string, table: string): Promise<TableFacts | null>
  role(oid: number, role: string): Promise<RoleFacts>
  /** Reads anew whatever is asked for next. */
  forget(): void
}
