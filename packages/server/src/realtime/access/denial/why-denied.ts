// Why somebody may read nothing on a private channel, in a sentence for whoever writes the policies or the client.

import type { Database } from '../../../database/statement.ts'
import type { Identity } from '../../../identity/identity.ts'
import { remember } from '../remembered.ts'
import { policiesFor } from './sql/policies-for.ts'

/** What to change. Refuses with `postgres.*`. */
export type WhyDenied = (identity: Pick<Identity, 'role' | 'subject'>) => Promise<string>

interface WhyDeniedParts {
  readonly database: Pick<Database, 'run'>
  /** Milliseconds. */
  readonly now: () => number
}

/** Milliseconds; a client that tries again and again asks Postgres no more often. */
const LIFETIME = 2000
const MOST_ROLES = 100
/** Names that a sentence holds. */
const MOST_NAMES = 5

const NO_TOKEN = 'You joined as anon, without a session token: await supabase.realtime.setAuth() before subscribing'

export function createWhyDenied({ database, now }: WhyDeniedParts): WhyDenied {
  const known = remember<readonly string[]>(MOST_ROLES, now)
  return async ({ role, subject }) => {
    if (role === 'anon' && subject === null) return NO_TOKEN
    const names = await known.recall(role, LIFETIME, async () => await readPolicies(database, role))
    if (names.length === 0)
      return `Make a policy on realtime.messages for select to ${role} that holds for realtime.topic()`
    return `The policies on realtime.messages for select to ${role} do not hold for this topic: ${listOf(names)}`
  }
}

/** Names; none where no policy lets anything be read, as the restrictive ones alone never do. */
async function readPolicies(database: Pick<Database, 'run'>, role: string): Promise<readonly string[]> {
  const [policies] = await database.run({
    kind: 'transaction',
    role: 'none',
    settings: [],
    readOnly: true,
    statements: [{ kind: 'statement', text: policiesFor, values: [role] }],
    end: 'commit',
  })
  const rows = policies?.rows ?? []
  return rows.some(([, permissive]) => permissive === 't') ? rows.map(([name]) => name ?? '') : []
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `"${name}"`)
  return names.length > MOST_NAMES ? `${shown.join(', ')} and ${names.length - MOST_NAMES} more` : shown.join(', ')
}
