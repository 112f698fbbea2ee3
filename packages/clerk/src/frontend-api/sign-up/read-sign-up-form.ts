// What a form says of somebody who signs up: each field in its stored form, if the instance asks for it.

import { clearableText, optionalText } from '../../parameters/body.ts'
import { formFlag, formObject } from '../../parameters/form.ts'
import { requireEmailForm, requirePhoneForm, requireUsernameForm } from '../../parameters/identifiers.ts'
import { requireSmallMetadata } from '../../parameters/metadata.ts'
import { digestPassword, ownHasher, requireAcceptablePassword } from '../../proof/passwords/password-digests.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Asked, AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import type { SignUpColumns } from '../../state/sessions/sign-ups.ts'
import type { ClientRequest } from '../frontend-request.ts'

/** The columns that the form sets. Refuses what has a wrong form, and what the instance does not ask for. */
export async function readSignUpForm({ instance, store, form }: ClientRequest): Promise<SignUpColumns> {
  const { authentication } = (await instance.snapshot()).settings
  requireAsked(form, authentication)
  const email = optionalText(form, 'email_address') || undefined
  const phone = optionalText(form, 'phone_number') || undefined
  const username = optionalText(form, 'username') || undefined
  const unsafe = formObject(form, 'unsafe_metadata')
  return {
    email_address: email === undefined ? undefined : requireEmailForm(email.trim()),
    phone_number: phone === undefined ? undefined : requirePhoneForm(phone),
    username: username === undefined ? undefined : requireUsernameForm(username),
    first_name: clearableText(form, 'first_name'),
    last_name: clearableText(form, 'last_name'),
    ...(await passwordColumns(optionalText(form, 'password') || undefined, authentication)),
    unsafe_metadata: unsafe === undefined ? undefined : requireSmallMetadata('unsafe_metadata', unsafe),
    locale: clearableText(form, 'locale'),
    legal_accepted_at: formFlag(form, 'legal_accepted') === true ? store.now() : undefined,
  }
}

async function passwordColumns(password: string | undefined, settings: AuthenticationSettings): Promise<SignUpColumns> {
  if (password === undefined) return {}
  requireAcceptablePassword(password, settings.passwordMinLength)
  return { password_digest: await digestPassword(password), password_hasher: ownHasher }
}

function requireAsked(form: ClientRequest['form'], settings: AuthenticationSettings): void {
  const asked: readonly (readonly [param: string, asked: Asked])[] = [
    ['email_address', settings.emailAddress.asked],
    ['phone_number', settings.phoneNumber.asked],
    ['username', settings.username.asked],
    ['first_name', settings.firstName],
    ['last_name', settings.lastName],
    ['password', settings.password],
  ]
  const superfluous = asked.find(([param, kind]) => kind === 'off' && form[param] !== undefined && form[param] !== '')
  if (superfluous !== undefined) throw new ClerkRefusal('form_param_unknown', { param: superfluous[0] })
}
