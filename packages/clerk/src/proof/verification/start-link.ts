// Sends an e-mail with a link, and keeps the verification that waits for somebody to open it.

import { randomBytes } from 'node:crypto'

import { recordMessage } from '../../outbox/messages/record-message.ts'
import { linkLetter } from '../../outbox/messages/verification-letters.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { secretDigest } from '../../state/database/secret-digest.ts'
import type { Store } from '../../state/database/store.ts'
import { insertVerification, type Verification } from '../../state/sessions/verifications.ts'
import { requireSendable } from './require-sendable.ts'

const lifetime = 600_000

/** A link to send. */
export interface LinkRequest {
  /** In its stored form. */
  readonly emailAddress: string
  readonly userId: string | null
  readonly clientId: string
  /** Where the browser goes once the link was opened; welcome, as the caller has made sure. */
  readonly redirectUrl: URL
  /** Send nothing, although everything looks as if something was. */
  readonly withheld?: boolean | undefined
}

/** Sends a link to `/v1/verify` that counts for ten minutes, once. Refuses when too many went to the address of late. */
export async function startLink(instance: Instance, store: Store, request: LinkRequest): Promise<Verification> {
  const { emailAddress, userId, clientId, redirectUrl, withheld = false } = request
  const { testMode } = (await instance.snapshot()).settings
  const token = randomBytes(32).toString('base64url')
  return store.atomically(async (inner) => {
    await requireSendable(inner, emailAddress, testMode)
    const verification = await insertVerification(inner, {
      strategy: 'email_link',
      clientId,
      recipient: emailAddress,
      secretDigest: secretDigest(token),
      detail: { redirect_url: redirectUrl.href },
      lifetime,
    })
    const link = `${instance.frontendApiUrl()}/v1/verify?token=${token}`
    if (!withheld) await recordMessage(inner, linkLetter(instance, { recipient: emailAddress, userId, link }))
    return verification
  })
}
