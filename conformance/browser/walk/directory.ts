// People made behind the scenes by the Backend API, for tests whose subject is not how they signed up.

import { type ClerkClient, createClerkClient } from '@clerk/backend'
import { inject } from 'vitest'

import { type Account, newAccount } from './account.ts'

/** The official client of the stack under test. */
export function backend(): ClerkClient {
  const { CLERK_SECRET_KEY = '', CLERK_API_URL = '' } = inject('appVariables')
  return createClerkClient({ secretKey: CLERK_SECRET_KEY, apiUrl: CLERK_API_URL })
}

/** Somebody who can sign in by password. */
export async function makeAccount(name: string): Promise<Account & { readonly id: string }> {
  const account = newAccount(name)
  const { id } = await backend().users.createUser({ emailAddress: [account.email], password: account.password })
  return { ...account, id }
}
