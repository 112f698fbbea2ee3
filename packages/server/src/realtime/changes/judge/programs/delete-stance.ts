// What can be said about deletes of a table: whether its replica identity carries what its policies read.

import type { TableFacts } from '../../tables/table-facts.ts'
import type { DeleteStance } from '../judge.ts'
import { parsePolicies } from './read-policies.ts'
import { replicaIdentityFull } from '../sql/replica-identity.ts'

const JUDGED: DeleteStance = { isJudged: true, remedy: null }
/** Policies that can be applied to stored rows alone. */
const NEVER_JUDGED: DeleteStance = { isJudged: false, remedy: null }

/** The parser must be loaded. */
export function deleteStance(facts: TableFacts): DeleteStance {
  if (!facts.rowSecurity) return JUDGED
  const parsed = parsePolicies(facts, facts.policies)
  if (parsed === null || parsed.references.needsStoredRow) return NEVER_JUDGED
  const read = [...parsed.references.columns].flatMap((place) => facts.columns[place] ?? [])
  if (read.some(({ typeKind }) => typeKind === 'domain')) return NEVER_JUDGED
  if (read.every(({ name }) => facts.identityColumns.includes(name))) return JUDGED
  return { isJudged: false, remedy: replicaIdentityFull(facts.schema, facts.table) }
}
