// A row security policy as the platform's endpoints speak of it.

/** The words of CREATE POLICY. */
export const policyCommands = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'ALL'] as const
export type PolicyCommand = (typeof policyCommands)[number]

/** Rows must pass one of the permissive policies and every restrictive one. */
export const policyBehaviours = ['permissive', 'restrictive'] as const
export type PolicyBehaviour = (typeof policyBehaviours)[number]

/** What CREATE POLICY says of one. Expressions as SQL; null where the policy has none. */
export interface PolicyDefinition {
  readonly name: string
  readonly behaviour: PolicyBehaviour
  readonly command: PolicyCommand
  /** `["public"]` for everyone. */
  readonly roles: readonly string[]
  readonly using: string | null
  readonly check: string | null
  readonly comment: string | null
}

export interface TableName {
  readonly schema: string
  readonly table: string
}

/** One policy as it stands, with what its expressions lean on. */
export interface Policy extends PolicyDefinition {
  /** Columns of the table that the expressions read. */
  readonly columns: readonly string[]
  /** Functions in PL languages marked VOLATILE that they call, which no index can serve. */
  readonly volatileFunctions: readonly string[]
}

/** A table as the policies' screen shows it. */
export interface ProtectedTable extends TableName {
  readonly rowSecurity: { readonly enabled: boolean; readonly forced: boolean }
  /** In publication supabase_realtime. */
  readonly realtime: boolean
  readonly columns: readonly {
    readonly name: string
    readonly type: string
    /** Whether an index begins with it. */
    readonly indexed: boolean
    /** Whether the replica identity carries it, so that a deleted row is told with it. */
    readonly inOldRow: boolean
  }[]
  readonly policies: readonly Policy[]
}
