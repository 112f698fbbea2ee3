// Turning second factors on in one's own profile. The first one brings backup codes with it, where the instance has
// them. Taking factors away is disable-second-factors.ts.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { changePhoneNumber as writePhoneNumber, requirePhoneNumber } from '../../state/people/phone-numbers.ts'
import { verifyFactor } from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'
import { claimTotpStep, deletePendingTotp, findPendingTotp } from '../../state/people/totp.ts'
import { requireUser, requireUserLocked, updateUser } from '../../state/people/users.ts'
import { makeBackupCodes } from './backup-codes.ts'
import { requireProvenFactor } from '../people/change-phone-number.ts'
import { changeUser } from '../people/change-user.ts'
import { completeSessionTasks } from './complete-session-tasks.ts'
import { hasSecondFactor } from './session-tasks.ts'

/** Who turns a factor on, and in which session. */
export interface FactorOwner {
  readonly userId: string
  readonly sessionId: string
}

/** An authenticator app that was proven by the code of a step. */
export interface ProvenTotp {
  readonly secret: string
  readonly step: number
}

/** Turns an authenticator app on. The session has shown it, so its second factor counts as verified. Hands back new backup codes, or null. Refuses an app that does not wait to be proven any more. */
export function enableTotp(
  instance: Instance,
  store: Store,
  { userId, sessionId }: FactorOwner,
  { secret, step }: ProvenTotp,
): Promise<readonly string[] | null> {
  return store.atomically(async (inner) => {
    await markFirstFactor(inner, userId)
    if ((await findPendingTotp(inner, userId))?.secret !== secret) throw new ClerkRefusal('totp_not_pending', {})
    await deletePendingTotp(inner, userId)
    await updateUser(inner, userId, { totp_secret: secret })
    await claimTotpStep(inner, userId, step)
    await verifyFactor(inner, sessionId, 'second')
    await completeSessionTasks(instance, inner, sessionId)
    return await backupCodesFor(instance, inner, userId)
  })
}

/** Turns codes to a verified number on. Hands back new backup codes, or null. Refuses a number that is not verified. */
export function enablePhoneFactor(
  instance: Instance,
  store: Store,
  { userId, sessionId }: FactorOwner,
  phoneNumberId: string,
): Promise<readonly string[] | null> {
  return store.atomically(async (inner) => {
    await markFirstFactor(inner, userId)
    const number = await requirePhoneNumber(inner, phoneNumberId)
    requireProvenFactor(true, number.verificationStatus === 'verified')
    await writePhoneNumber(inner, number, { reservedForSecondFactor: true })
    await completeSessionTasks(instance, inner, sessionId)
    return await backupCodesFor(instance, inner, userId)
  })
}

/** Notes when the first second factor is turned on. */
async function markFirstFactor(store: Store, userId: string): Promise<void> {
  await requireUserLocked(store, userId)
  if (await hasSecondFactor(store, userId)) return
  await updateUser(store, userId, { mfa_enabled_at: store.now(), mfa_disabled_at: null })
}

/** New codes where the instance has them and the user has none, or null. Tells of the user's change either way. */
async function backupCodesFor(instance: Instance, store: Store, userId: string): Promise<readonly string[] | null> {
  const { authentication } = (await instance.snapshot()).settings
  const { backupCodeEnabled } = await requireUser(store, userId)
  if (authentication.backupCode && !backupCodeEnabled) return await makeBackupCodes(store, userId)
  await changeUser(store, userId, {})
  return null
}
