// How often messages may be asked for: a mailbox is somebody's, and whoever types its address into a form is not
// always she.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Store } from '../../state/database/store.ts'
import { insertVerification, lockRecipient, sentSince } from '../../state/sessions/verifications.ts'
import { isTestRecipient } from './codes.ts'

const mostMessages = 10
const span = 600_000

/**
 * Refuses an eleventh message to a recipient within ten minutes, and says when there may be another. In test mode test
 * recipients get none and may have any number; otherwise they are recipients like any other. Call it inside the
 * transaction of the message.
 */
export async function requireSendable(store: Store, recipient: string, testMode: boolean): Promise<void> {
  if (testMode && isTestRecipient(recipient)) return
  await lockRecipient(store, recipient)
  const sent = await sentSince(store, recipient, store.now() - span)
  const first = sent.at(-mostMessages)
  if (first === undefined) return
  throw new ClerkRefusal('too_many_requests', { retryAfterSeconds: Math.ceil((first + span - store.now()) / 1000) })
}

/**
 * Counts a letter that is no verification's own among the messages to a recipient (or about a subject, by its id), and
 * refuses it as above. For letters that people can have sent to others.
 */
export async function countLetter(store: Store, recipient: string, testMode: boolean): Promise<void> {
  await requireSendable(store, recipient, testMode)
  const counted = { strategy: 'letter', clientId: null, secretDigest: null, verified: true, lifetime: span }
  await insertVerification(store, { ...counted, recipient })
}
