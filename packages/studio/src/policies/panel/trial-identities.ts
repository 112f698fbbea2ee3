// Whose eyes a policy is tried with: nobody's, those the tab looks through, and a few people of the Clerk instance.

import { nameOf, usePeople } from '../../api/clerk/people.ts'
import { runAs, useViewAs } from '../../view-as/view-as.ts'
import type { Identity } from '../queries.ts'

/** An identity and what to call it. */
export interface NamedIdentity extends Identity {
  readonly label: string
}

/** People asked about, beside nobody and the tab's own identity. */
const MOST_PEOPLE = 4

/** Without a built-in instance, or one that answers, there are no people. */
export function useTrialIdentities(): readonly NamedIdentity[] {
  const viewAs = useViewAs()
  const { data: people = [] } = usePeople('default', { most: MOST_PEOPLE })
  const nobody: NamedIdentity = { label: 'Signed out (anon)', role: 'anon', claims: null }
  const own = runAs(viewAs)
  return [
    nobody,
    ...(own === null || viewAs === null ? [] : [{ label: viewAs.label, ...own }]),
    ...people.map((user) => ({
      label: nameOf(user),
      role: 'authenticated',
      claims: { sub: user.id, role: 'authenticated' },
    })),
  ]
}
