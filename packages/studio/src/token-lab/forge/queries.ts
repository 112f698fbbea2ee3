// What a Clerk instance offers to forge tokens of, and forging them.

import { useMutation } from '@tanstack/react-query'

import { askClerk, useClerkOf } from '../../api/clerk/ask-clerk.ts'
import { explain, type Explanation } from '../explanation/explanation.ts'

interface Named {
  readonly id: string
  readonly name: string
}

export function useOrganizations(instance: string) {
  return useClerkOf<{ readonly data: readonly Named[] }>(instance, '/organizations?limit=100')
}

export function useTemplates(instance: string) {
  return useClerkOf<readonly Named[]>(instance, '/jwt_templates')
}

interface Forged {
  readonly jwt: string
  readonly explanation: Explanation
}

/** A token and what is to be said of it, both for this page alone. */
export function useForge(instance: string) {
  return useMutation({ mutationFn: async (body: object) => await forge(instance, body), gcTime: 0 })
}

/** Forges a token and has it explained at once. */
export async function forge(instance: string, body: object): Promise<Forged> {
  const call = { method: 'POST', path: '/instance/forged_tokens', body } as const
  const { jwt } = await askClerk<{ jwt: string }>(instance, call)
  return { jwt, explanation: await explain(jwt) }
}
