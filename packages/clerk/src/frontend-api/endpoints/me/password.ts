// POST /me/change_password and /me/remove_password.

import { checkPassword } from '../../../directory/sessions/check-password.ts'
import { removePassword, setPassword } from '../../../directory/sessions/change-password.ts'
import { guarded } from '../../../directory/sessions/lock-out.ts'
import { passwordChangedNotice, passwordRemovedNotice } from '../../../outbox/messages/account-notices.ts'
import { recordNotice } from '../../../outbox/messages/record-notice.ts'
import { optionalText, requireText } from '../../../parameters/body.ts'
import { formFlag } from '../../../parameters/form.ts'
import { requireAcceptablePassword } from '../../../proof/passwords/password-digests.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { requireUser } from '../../../state/people/users.ts'
import type { FrontendAnswer, FrontendEndpoint, SessionRequest } from '../../frontend-request.ts'
import { reverified } from '../../reverification/reverified.ts'
import { meAnswer } from './profile.ts'

export const passwordEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path: '/v1/me/change_password', access: 'session', answer: reverified(change) },
  { method: 'POST', path: '/v1/me/remove_password', access: 'session', answer: reverified(remove) },
]

async function change(request: SessionRequest): Promise<FrontendAnswer> {
  const { instance, store, form, session } = request
  const { authentication } = (await instance.snapshot()).settings
  const password = requireText(form, 'new_password')
  if (authentication.password === 'off') throw new ClerkRefusal('feature_not_enabled', { feature: 'passwords' })
  requireAcceptablePassword(password, authentication.passwordMinLength, 'new_password')
  await requireCurrentPassword(request, !authentication.reverification)
  const signOutOfOtherSessions = formFlag(form, 'sign_out_of_other_sessions') === true
  const user = await requireUser(store, session.userId)
  await store.atomically(async (inner) => {
    await setPassword(inner, user.id, password, { signOutOfOtherSessions, keptSessionId: session.id })
    await recordNotice(inner, instance, user, passwordChangedNotice)
  })
  return await meAnswer(request)
}

async function remove(request: SessionRequest): Promise<FrontendAnswer> {
  const { instance, store, session } = request
  const { authentication } = (await instance.snapshot()).settings
  const user = await requireUser(store, session.userId)
  if (!user.passwordEnabled) throw new ClerkRefusal('no_password_set', {})
  if (authentication.password === 'required') throw new ClerkRefusal('password_required', {})
  await requireCurrentPassword(request, !authentication.reverification)
  await store.atomically(async (inner) => {
    await removePassword(inner, user.id, { signOutOfOtherSessions: false, keptSessionId: session.id })
    await recordNotice(inner, instance, user, passwordRemovedNotice)
  })
  return await meAnswer(request)
}

/**
 * Refuses a wrong password, which counts against the account. It may be left out where reverification stands in for it,
 * as the components do.
 */
async function requireCurrentPassword(request: SessionRequest, asked: boolean): Promise<void> {
  const { instance, store, form, session } = request
  const user = await requireUser(store, session.userId)
  const shown = optionalText(form, 'current_password') ?? ''
  if (!user.passwordEnabled || (shown === '' && !asked)) return
  if (shown === '') throw new ClerkRefusal('form_param_missing', { param: 'current_password' })
  const { lockout } = (await instance.snapshot()).settings.authentication
  await guarded(store, user, lockout, async () => {
    if ((await checkPassword(store, user.id, shown)) === 'wrong') {
      throw new ClerkRefusal('form_password_validation_failed', { param: 'current_password' })
    }
  })
}
