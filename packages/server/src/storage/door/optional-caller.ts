// The caller of a route that answers strangers, too, about what is public.

import type { FastifyRequest } from 'fastify'

import type { Identify } from '../../identity/identity.ts'
import { isRefusal } from '../../refusal/refusal.ts'
import type { Caller } from '../access/caller.ts'
import { callerOf } from './caller-of.ts'

export interface Stranger {
  /** The code of what refused their token; null where they show none. */
  readonly refused: string | null
}

/** A token that does not hold makes a stranger, as upstream has it. Refuses with `token.keys-unavailable`. */
export async function optionalCallerOf(
  request: FastifyRequest,
  identify: Identify,
): Promise<{ readonly caller: Caller } | { readonly stranger: Stranger }> {
  try {
    const caller = await callerOf(request, identify)
    return caller.identity.via === 'anonymous' ? { stranger: { refused: null } } : { caller }
  } catch (error) {
    if (!isRefusal(error) || error.code === 'token.keys-unavailable') throw error
    return { stranger: { refused: error.code === 'storage.authorization-missing' ? null : error.code } }
  }
}
