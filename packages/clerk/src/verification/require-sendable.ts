// How often messages may be asked for: a mailbox is somebody's, and whoever types its address into a form is not
// always she.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Store } from '../state/store.ts'
import { sentSince } from '../state/verifications.ts'
import { isTestRecipient } from './codes.ts'

const mostMessages = 10
const span = 600_000

/** Refuses an eleventh message to a recipient within ten minutes, and says when there may be another. Test recipients get none and may have any number. */
export async function requireSendable(store: Store, recipient: string): Promise<void> {
  if (isTestRecipient(recipient)) return
  const sent = await sentSince(store, recipient, store.now() - span)
  const first = sent.at(-mostMessages)
  if (first === undefined) return
  throw new ClerkRefusal('too_many_requests', { retryAfterSeconds: Math.ceil((first + span - store.now()) / 1000) })
}
