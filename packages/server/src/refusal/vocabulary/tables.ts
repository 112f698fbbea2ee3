// Refusals of reading and changing the shape of tables.

export interface TablesRefusals {
  /** The columns are no longer those that the change began with; `gone` are those it speaks of in vain. */
  'platform.table-changed': { readonly schema: string; readonly name: string; readonly gone: readonly string[] }
  /** A text that names no type of this database. */
  'platform.type-unknown': { readonly type: string }
  /** Somebody's open transaction holds what a change of shape needs. */
  'platform.busy': { readonly seconds: number }
}
