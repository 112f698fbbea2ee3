// Which policies decide about a role: what a denial is explained with.

import type { Database } from '../../database/statement.ts'
import { policiesFor } from './sql/policies-for.ts'

export type PolicyCommand = 'select' | 'insert' | 'update' | 'delete'

export interface AskedPolicies {
  readonly role: string
  readonly schema: string
  readonly table: string
  readonly command: PolicyCommand
}

const codes: Readonly<Record<PolicyCommand, string>> = { select: 'r', insert: 'a', update: 'w', delete: 'd' }

/** Names that a sentence holds. */
const MOST_NAMES = 5

/**
 * Names, in order; none where no policy lets anything be done, as the restrictive ones alone never do. Refuses with
 * `postgres.*`.
 */
export async function readPolicies(
  database: Pick<Database, 'run'>,
  { role, schema, table, command }: AskedPolicies,
): Promise<readonly string[]> {
  const [policies] = await database.run({
    kind: 'transaction',
    role: 'none',
    settings: [],
    readOnly: true,
    statements: [{ kind: 'statement', text: policiesFor, values: [role, schema, table, codes[command]] }],
    end: 'commit',
  })
  const rows = policies?.rows ?? []
  return rows.some(([, permissive]) => permissive === 't') ? rows.map(([name]) => name ?? '') : []
}

/** Quoted, by commas; what is more than a sentence holds is counted. */
export function listPolicies(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `"${name}"`)
  return names.length > MOST_NAMES ? `${shown.join(', ')} and ${names.length - MOST_NAMES} more` : shown.join(', ')
}
