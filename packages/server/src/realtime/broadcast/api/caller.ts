// Who calls the HTTP API, and what the policies let her send.

import type { FastifyRequest } from 'fastify'

import type { Identify, Identity } from '../../../identity/identity.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { Authorize } from '../../access/channel-access.ts'
import { headersJson } from '../../sockets/headers-json.ts'

export interface Caller {
  readonly identity: Identity
  /** What `request.headers` shows to policies. */
  readonly headersJson: string
  /** The address of the client. */
  readonly remote: string
}

/** Refuses with `token.*`, and whoever shows nothing at all, as upstream does. */
export async function callerOf(request: FastifyRequest, identify: Identify): Promise<Caller> {
  const { headers, query } = request
  const { apikey: queryKey } = query as { readonly apikey?: unknown }
  const apikey = firstText(headers['apikey']) ?? firstText(headers['x-api-key']) ?? firstText(queryKey)
  const identity = await identify({ authorization: headers.authorization, apikey })
  if (identity.via === 'anonymous') {
    const fix = 'Send the project’s publishable key as the apikey header, or a token as Authorization.'
    throw new Refusal('token.api-key-missing', {}, { fix })
  }
  request.identity = identity
  return { identity, headersJson: headersJson(headers), remote: request.ip }
}

function firstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first : undefined
}

/** Whether the policies let the caller send to a private topic. Where nobody can be asked, nobody may. Refuses with `postgres.*`. */
export async function mayWrite(caller: Caller, subtopic: string, authorize: Authorize | null): Promise<boolean> {
  if (authorize === null) return false
  const { broadcast } = await authorize(caller.identity, subtopic, caller.headersJson)
  return broadcast.write
}
