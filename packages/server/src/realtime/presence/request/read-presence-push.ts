// Reads what a client sends as the event `presence`.

import { Refusal } from '../../../refusal/refusal.ts'

export type PresenceRequest =
  | {
      readonly kind: 'track'
      readonly payload: Readonly<Record<string, unknown>>
      /** Bytes of the payload as JSON. */
      readonly bytes: number
    }
  | { readonly kind: 'untrack' }
  /** It names no event, so nothing is done. */
  | { readonly kind: 'nothing' }

/** Levels that objects and arrays may be nested; every payload is compared and printed again. */
const DEEPEST = 64

/** `{event: 'track', payload}` or `{event: 'untrack'}`, in any case; without an event it is nothing, as upstream. Refuses with `realtime.presence-malformed`. */
export function readPresencePush(pushed: unknown): PresenceRequest {
  const { event, payload = {} } = isObject(pushed) ? pushed : {}
  if (event === undefined) return { kind: 'nothing' }
  switch (typeof event === 'string' ? event.toLowerCase() : '') {
    case 'untrack':
      return { kind: 'untrack' }
    case 'track':
      return readTrack(payload)
    default:
      throw malformed('A presence message has the event "track" or "untrack"')
  }
}

function readTrack(payload: unknown): PresenceRequest {
  if (!isObject(payload)) throw malformed('Presence track payload must be a map')
  if (isDeeper(payload, DEEPEST)) throw malformed(`Presence track payload is nested deeper than ${DEEPEST} levels`)
  return { kind: 'track', payload, bytes: Buffer.byteLength(JSON.stringify(payload)) }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}

function malformed(reason: string): Refusal<'realtime.presence-malformed'> {
  return new Refusal('realtime.presence-malformed', { reason })
}
