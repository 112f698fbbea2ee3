// The caller of a request to this door.

import type { FastifyRequest } from 'fastify'

import { bearerOf } from '../../identity/create-identify.ts'
import type { Identify } from '../../identity/identity.ts'
import { Refusal } from '../../refusal/refusal.ts'
import type { Caller } from '../access/caller.ts'

/** Refuses with `token.*`, and with `storage.authorization-missing` whoever shows neither a token nor a key. */
export async function callerOf(request: FastifyRequest, identify: Identify): Promise<Caller> {
  const { headers } = request
  const apikey = typeof headers['apikey'] === 'string' ? headers['apikey'] : undefined
  if (headers.authorization === undefined && apikey === undefined)
    throw new Refusal('storage.authorization-missing', {})
  const authorization = withScheme(headers.authorization, apikey)
  const identity = await identify({ authorization, apikey })
  request.identity = identity
  return { identity, token: bearerOf(authorization) ?? '', ...requestFacts(request) }
}

/** Upstream takes a header without `Bearer` for the token itself, whatever it says. An empty one leaves it to the key. */
function withScheme(authorization: string | undefined, apikey: string | undefined): string | undefined {
  const asItIs = authorization === undefined || bearerOf(authorization) !== null
  return asItIs || (authorization === '' && apikey !== undefined) ? authorization : `Bearer ${authorization}`
}

/** What policies see of the request itself. */
export function requestFacts({ method, url, headers }: FastifyRequest): Omit<Caller, 'identity' | 'token'> {
  const path = url.split('?', 1)[0] ?? url
  const { authorization: _, apikey: __, cookie: ___, ...shown } = headers
  return { method, path, headersJson: JSON.stringify(shown) }
}
