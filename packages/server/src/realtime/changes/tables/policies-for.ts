// Which policies of a table hold for a role.

import type { PolicyFacts, RoleFacts, TableFacts } from './table-facts.ts'

/** The policies by which the role reads rows. */
export function policiesFor(
  { policies }: Pick<TableFacts, 'policies'>,
  { inherits }: Pick<RoleFacts, 'inherits'>,
): readonly PolicyFacts[] {
  return policies.filter(({ roles }) => roles.length === 0 || roles.some((name) => inherits.has(name)))
}
