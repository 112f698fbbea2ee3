// What is worth saying about a table's policies.

/** One remark, with its fix. The names are those of the advisors. */
export interface Finding {
  readonly name: string
  readonly level: 'error' | 'warning' | 'info'
  /** The policy it is about; null for the table as a whole. */
  readonly policy: string | null
  readonly message: string
  readonly fix: string
}
