// Whether a role may do the same as when it was looked at before.

import type { RoleFacts } from './table-facts.ts'

export function isSameRole(one: RoleFacts, other: RoleFacts): boolean {
  if (one === other) return true
  return (
    one.bypassesRowSecurity === other.bypassesRowSecurity &&
    isSameSet(one.readableColumns, other.readableColumns) &&
    isSameSet(one.inherits, other.inherits) &&
    isSameSet(one.schemas, other.schemas)
  )
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name))
}
