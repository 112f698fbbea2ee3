// Sends a code by e-mail or text message and keeps the verification that waits for it.

import { recordMessage } from '../../outbox/messages/record-message.ts'
import { codeMessage } from '../../outbox/messages/verification-letters.ts'
import { newId } from '../../state/database/ids.ts'
import type { Instance } from '../../state/instance/instance.ts'
import type { Store } from '../../state/database/store.ts'
import { insertVerification, type Verification } from '../../state/sessions/verifications.ts'
import { codeDigestOf, isTestRecipient, newCode } from './codes.ts'
import { requireSendable } from './require-sendable.ts'

const lifetime = 600_000

/** A code to send. */
export interface CodeRequest {
  /** `email_code`, `phone_code`, `reset_password_email_code` … */
  readonly strategy: string
  readonly channel: 'email' | 'sms'
  /** An address or number in its stored form. */
  readonly recipient: string
  /** Whose it is; null before there is a user. */
  readonly userId: string | null
  /** The browser's client. */
  readonly clientId: string | null
  /** Send nothing, although everything looks as if something was. */
  readonly withheld?: boolean | undefined
}

/** Sends a fresh code that counts for ten minutes. Refuses when too many went to the recipient of late. */
export async function startCode(instance: Instance, store: Store, request: CodeRequest): Promise<Verification> {
  const { strategy, channel, recipient, userId, clientId, withheld = false } = request
  const { testMode } = (await instance.snapshot()).settings
  const code = newCode(recipient, testMode)
  const id = newId('ver')
  return store.atomically(async (inner) => {
    await requireSendable(inner, recipient, testMode)
    const kept = { id, strategy, clientId, recipient, secretDigest: codeDigestOf(id, code), lifetime }
    const verification = await insertVerification(inner, kept)
    const silent = withheld || (testMode && isTestRecipient(recipient))
    if (!silent) await recordMessage(inner, codeMessage(instance, { strategy, channel, recipient, userId, code }))
    return verification
  })
}
