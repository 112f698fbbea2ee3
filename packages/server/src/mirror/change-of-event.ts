// From a webhook's event to the change it tells of.

import { isObject } from '../identity/verify/examination.ts'
import { Refusal } from '../refusal/refusal.ts'
import type { Change, MirroredKind, Source } from './change.ts'
import { rowOf } from './rows.ts'

/** The events that a mirror listens to. */
export const mirroredEvents: readonly string[] = ['user', 'organization', 'organizationMembership'].flatMap((subject) =>
  ['created', 'updated', 'deleted'].map((verb) => `${subject}.${verb}`),
)

const kinds: Readonly<Record<string, MirroredKind>> = {
  user: 'user',
  organization: 'organization',
  organizationMembership: 'membership',
}

/** Moments before 1973 in milliseconds are moments in seconds, as some of Clerk's examples print them. */
const leastMilliseconds = 1e11

/** The change an event tells of; null for one that no mirror cares for. Refuses `mirror.event-malformed`. */
export function changeOfEvent(body: unknown, eventId: string): Change | null {
  if (!isObject(body)) throw malformed('the body is no JSON object')
  const { type, timestamp, data } = body
  if (typeof type !== 'string') throw malformed('type is no text')
  if (!mirroredEvents.includes(type)) return null
  const [subject = '', verb = ''] = type.split('.')
  const of = kinds[subject] ?? 'user'
  if (typeof timestamp !== 'number' || !Number.isFinite(timestamp)) throw malformed('timestamp is no number')
  if (!isObject(data) || typeof data['id'] !== 'string') throw malformed('data has no id')
  const time = Math.trunc(timestamp < leastMilliseconds ? timestamp * 1000 : timestamp)
  const source: Source = { time, rank: verb === 'created' ? 0 : 1, event: eventId }
  if (verb === 'deleted') return { kind: 'removed', of, id: data['id'], source }
  const row = rowOf[of](data)
  if (row === null) throw malformed('data is no membership')
  return { kind: 'written', of, id: data['id'], source, row }
}

function malformed(reason: string): Refusal {
  return new Refusal('mirror.event-malformed', { reason })
}
