// A webhook as it comes in: verified over its raw bytes, read, applied.

import { Webhook } from 'svix'

import { Refusal } from '../refusal/refusal.ts'
import { applyEvent, type MirrorTables, type Outcome } from './apply-change.ts'
import { changeOfEvent } from './change-of-event.ts'

export interface IncomingWebhook {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The body, byte for byte. */
  readonly body: string
}

/** Applies a webhook. `ignored`: an event that no mirror cares for. Refuses `mirror.signature-invalid`, `mirror.event-malformed`. */
export async function receiveWebhook(
  webhook: IncomingWebhook,
  secret: string,
  tables: MirrorTables,
): Promise<Outcome | 'ignored'> {
  const headers = {
    'svix-id': headerOf(webhook, 'id'),
    'svix-timestamp': headerOf(webhook, 'timestamp'),
    'svix-signature': headerOf(webhook, 'signature'),
  }
  requireSignature(webhook.body, headers, secret)
  const change = changeOfEvent(parse(webhook.body), headers['svix-id'])
  return change === null ? 'ignored' : await applyEvent(tables, change)
}

/** By Svix's name, or by that of Standard Webhooks, which Clerk's SDKs take too. */
function headerOf({ headers }: IncomingWebhook, name: string): string {
  const value = headers[`svix-${name}`] ?? headers[`webhook-${name}`]
  return typeof value === 'string' ? value : ''
}

function requireSignature(body: string, headers: Record<string, string>, secret: string): void {
  try {
    new Webhook(secret).verify(body, headers)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    throw new Refusal(
      'mirror.signature-invalid',
      { reason },
      { cause: error, fix: 'Put the endpoint’s signing secret in [clerk.mirror] webhook_secret.' },
    )
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw new Refusal('mirror.event-malformed', { reason: 'the body is no JSON' }, { cause: error })
  }
}
