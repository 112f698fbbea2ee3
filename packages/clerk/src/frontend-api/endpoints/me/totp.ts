// POST and DELETE /me/totp, POST /me/totp/attempt_verification: an authenticator app of one's own.

import { disableTotp } from '../../../directory/sessions/disable-second-factors.ts'
import { enableTotp } from '../../../directory/sessions/second-factors.ts'
import { newTotpSecret, totpStep, totpUri } from '../../../proof/factors/totp.ts'
import { requireText } from '../../../parameters/body.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { deletion } from '../../../resources/listing.ts'
import { findPendingTotp, putPendingTotp } from '../../../state/people/totp.ts'
import { requireUser } from '../../../state/people/users.ts'
import { type FrontendAnswer, type FrontendEndpoint, resource, type SessionRequest } from '../../frontend-request.ts'
import { identifierOf } from '../../resources/user.ts'
import { reverified } from '../../reverification/reverified.ts'

export const totpEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path: '/v1/me/totp', access: 'session', answer: reverified(create) },
  { method: 'DELETE', path: '/v1/me/totp', access: 'session', answer: reverified(remove) },
  { method: 'POST', path: '/v1/me/totp/attempt_verification', access: 'session', answer: attempt },
]

/** A secret that counts once a code of it was shown. Asking again makes a new one. */
async function create({ instance, store, session: { userId } }: SessionRequest): Promise<FrontendAnswer> {
  const { authentication } = (await instance.snapshot()).settings
  if (!authentication.authenticatorApp) throw new ClerkRefusal('feature_not_enabled', { feature: 'authenticator apps' })
  const user = await requireUser(store, userId)
  if (user.totpEnabled) throw new ClerkRefusal('totp_already_enabled', {})
  const secret = newTotpSecret()
  await putPendingTotp(store, userId, secret)
  const uri = totpUri(secret, instance.applicationName, identifierOf(user) ?? userId)
  return resource(totpResource(userId, store.now(), { secret, uri, verified: false, backup_codes: null }))
}

/** Turns the app on with its first code, and hands out backup codes where there are none yet. */
async function attempt({ instance, store, form, session }: SessionRequest): Promise<FrontendAnswer> {
  const { userId } = session
  const code = requireText(form, 'code')
  const pending = await findPendingTotp(store, userId)
  if (pending === null) throw new ClerkRefusal('totp_not_pending', {})
  const step = totpStep(pending.secret, code, store.now())
  if (step === null) throw new ClerkRefusal('totp_code_incorrect', {})
  const owner = { userId, sessionId: session.id }
  const codes = await enableTotp(instance, store, owner, { secret: pending.secret, step })
  const shown = { secret: null, uri: null, verified: true, backup_codes: codes }
  return resource(totpResource(userId, pending.createdAt, shown))
}

async function remove({ store, session: { userId } }: SessionRequest): Promise<FrontendAnswer> {
  const user = await requireUser(store, userId)
  if (!user.totpEnabled) throw new ClerkRefusal('totp_not_configured', {})
  await disableTotp(store, userId)
  return resource(deletion('totp', totpId(userId)))
}

interface ShownTotp {
  readonly secret: string | null
  readonly uri: string | null
  readonly verified: boolean
  readonly backup_codes: readonly string[] | null
}

function totpResource(userId: string, createdAt: number, shown: ShownTotp): object {
  return { object: 'totp', id: totpId(userId), ...shown, created_at: createdAt, updated_at: createdAt }
}

/** A person has one app at most, so its id follows from hers. */
function totpId(userId: string): string {
  return userId.replace(/^user_/, 'totp_')
}
