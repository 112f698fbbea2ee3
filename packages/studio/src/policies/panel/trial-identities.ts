// Whose eyes a policy is tried with: nobody's, those the tab looks through, and a few people of the Clerk instance.

import { useQuery } from '@tanstack/react-query'

import { request } from '../../api/request.ts'
import { runAs, useViewAs } from '../../view-as/view-as.ts'
import type { Identity } from '../queries.ts'

/** An identity and what to call it. */
export interface NamedIdentity extends Identity {
  readonly label: string
}

interface ClerkUser {
  readonly id: string
  readonly email_addresses: readonly { readonly email_address: string }[]
}

/** People asked about, beside nobody and the tab's own identity. */
const MOST_PEOPLE = 4

/** Without a built-in instance, or one that answers, there are no people. */
export function useTrialIdentities(): readonly NamedIdentity[] {
  const viewAs = useViewAs()
  const { data: people = [] } = useQuery({
    queryKey: ['policies', 'people'],
    queryFn: async () =>
      await request<readonly ClerkUser[]>('GET', `/platform/v1/clerk/default/users?limit=${MOST_PEOPLE}`),
    retry: false,
  })
  const nobody: NamedIdentity = { label: 'Signed out (anon)', role: 'anon', claims: null }
  const own = runAs(viewAs)
  return [
    nobody,
    ...(own === null || viewAs === null ? [] : [{ label: viewAs.label, ...own }]),
    ...people.map(({ id, email_addresses: [address] }) => ({
      label: address?.email_address ?? id,
      role: 'authenticated',
      claims: { sub: id, role: 'authenticated' },
    })),
  ]
}
