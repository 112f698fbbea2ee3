// Why somebody may read nothing on a private channel, in a sentence for whoever writes the policies or the client.

import { listPolicies, readPolicies } from '../../../catalog/policies/read-policies.ts'
import { remember } from '../../../catalog/policies/remembered.ts'
import type { Database } from '../../../database/statement.ts'
import type { Identity } from '../../../identity/identity.ts'

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

const NO_TOKEN = 'You joined as anon, without a session token: await supabase.realtime.setAuth() before subscribing'

export function createWhyDenied({ database, now }: WhyDeniedParts): WhyDenied {
  const known = remember<readonly string[]>(MOST_ROLES, now)
  return async ({ role, subject }) => {
    if (role === 'anon' && subject === null) return NO_TOKEN
    const asked = { role, schema: 'realtime', table: 'messages', command: 'select' } as const
    const names = await known.recall(role, LIFETIME, async () => await readPolicies(database, asked))
    if (names.length === 0)
      return `Make a policy on realtime.messages for select to ${role} that holds for realtime.topic()`
    return `The policies on realtime.messages for select to ${role} do not hold for this topic: ${listPolicies(names)}`
  }
}
