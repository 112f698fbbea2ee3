// Tickets that are not session tokens: what links and tests carry, and the testing token of Clerk's test helpers.

import { createHmac, randomBytes, sign } from 'node:crypto'

import type { Instance } from '../../state/instance/instance.ts'

/** What a ticket stands for; travels as the claim `st`. */
export const ticketKinds = ['sign_in_token', 'actor_token', 'invitation', 'organization_invitation'] as const

export type TicketKind = (typeof ticketKinds)[number]

/** The record that a ticket stands for. `expiresAt` in Unix milliseconds. */
export interface TicketSource {
  readonly id: string
  readonly expiresAt: number
}

/** An RS256 JWT that names a record, its kind and its instance. `requireTicket` reads it. */
export async function mintTicket(
  instance: Instance,
  kind: TicketKind,
  { id, expiresAt }: TicketSource,
): Promise<string> {
  const { keys } = await instance.snapshot()
  const [key] = keys
  const header = { alg: 'RS256', kid: key.kid, typ: 'JWT' }
  const payload = { exp: Math.floor(expiresAt / 1000), iid: instance.id, sid: id, st: kind }
  const input = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${input}.${sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')}`
}

/**
 * Where the link with a ticket leads: the Frontend API looks at it there and sends the browser on, to the application
 * at an origin where nothing else says where.
 */
export function ticketUrl(instance: Instance, ticket: string, application: string | null = null): string {
  const link = `${instance.frontendApiUrl()}/v1/tickets/accept?ticket=${ticket}`
  return application === null ? link : `${link}&application=${encodeURIComponent(application)}`
}

const testingTokenLifetimeSeconds = 3600

/**
 * A testing token: lets a test through bot protection for an hour. Carries its own proof (an HMAC under
 * the instance's secret key), so nothing is stored. `expiresAt` is in Unix seconds, as Clerk has it.
 */
export function mintTestingToken(instance: Instance): { readonly token: string; readonly expiresAt: number } {
  const issuedAt = Math.floor(instance.store.now() / 1000)
  const claim = `${issuedAt}-${randomBytes(12).toString('hex')}`
  const proof = createHmac('sha256', instance.configured.secretKey).update(claim).digest('base64url')
  return { token: `${claim}-${proof}`, expiresAt: issuedAt + testingTokenLifetimeSeconds }
}
