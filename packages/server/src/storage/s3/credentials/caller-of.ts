// The caller of a signed request.

import type { FastifyRequest } from 'fastify'

import type { Identify } from '../../../identity/identity.ts'
import type { Caller } from '../../access/caller.ts'
import { requestFacts } from '../../door/caller-of.ts'
import type { SigningKey } from './s3-keys.ts'

/** Whoever the token or the key names. Refuses with `token.*`. */
export async function callerOf(
  request: FastifyRequest,
  { bearer, token }: Pick<SigningKey, 'bearer' | 'token'>,
  identify: Identify,
): Promise<Caller> {
  const identity = await identify({ authorization: `Bearer ${bearer}`, apikey: bearer })
  request.identity = identity
  return { identity, token, ...requestFacts(request) }
}
