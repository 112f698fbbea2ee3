// Sends what proves the address or the number of a sign-up.

import { optionalText } from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { type SignUp, updateSignUp } from '../../state/sessions/sign-ups.ts'
import { findVerification } from '../../state/sessions/verifications.ts'
import { startCode } from '../../proof/verification/start-code.ts'
import { startLink } from '../../proof/verification/start-link.ts'
import { startProviderVerification } from '../callback/start-verification.ts'
import { requireRedirectUrl } from '../../browser/page-origin.ts'
import type { ClientRequest } from '../frontend-request.ts'
import { oauthPrefix } from '../sign-in/strategies/oauth.ts'

const fields = { email_code: 'email_address', email_link: 'email_address', phone_code: 'phone_number' } as const

type Strategy = keyof typeof fields

/** The field that a strategy proves. Refuses an unknown strategy. */
export function provedField(strategy: string): 'email_address' | 'phone_number' {
  return fields[requireStrategy(strategy)]
}

function requireStrategy(name: string): Strategy {
  const known = Object.keys(fields) as readonly Strategy[]
  const found = known.find((strategy) => strategy === name)
  if (found !== undefined) return found
  throw new ClerkRefusal('form_param_value_invalid', { param: 'strategy', value: name, allowed: known })
}

/** Prepares a verification by a strategy. Refuses one that the instance does not verify by, a field that is not there, and one that is proven. */
export async function prepareVerification(request: ClientRequest, signUp: SignUp, name: string): Promise<void> {
  if (name.startsWith(oauthPrefix)) {
    const { id } = await startProviderVerification(request, 'sign_up')
    await updateSignUp(request.store, signUp.id, { external_verification_id: id })
    return
  }
  const strategy = requireStrategy(name)
  const field = fields[strategy]
  await requireVerifiable(request, strategy)
  const recipient = field === 'email_address' ? signUp.emailAddress : signUp.phoneNumber
  if (recipient === null) throw new ClerkRefusal('form_param_missing', { param: field })
  const column = field === 'email_address' ? 'email_verification_id' : 'phone_verification_id'
  const before = field === 'email_address' ? signUp.emailVerificationId : signUp.phoneVerificationId
  if (before !== null && (await findVerification(request.store, before))?.status === 'verified') {
    throw new ClerkRefusal('verification_already_verified', {})
  }
  const { id } = await start(request, strategy, recipient)
  await updateSignUp(request.store, signUp.id, { [column]: id })
}

async function requireVerifiable({ instance }: ClientRequest, strategy: Strategy): Promise<void> {
  const { emailAddress, phoneNumber } = (await instance.snapshot()).settings.authentication
  const allowed =
    strategy === 'phone_code'
      ? phoneNumber.asked !== 'off'
      : emailAddress.strategies.some((known) => known === strategy)
  if (!allowed) throw new ClerkRefusal('form_param_value_invalid', { param: 'strategy', value: strategy })
}

async function start(request: ClientRequest, strategy: Strategy, recipient: string): ReturnType<typeof startCode> {
  const { instance, store, client, form, headers } = request
  if (strategy === 'email_link') {
    const url = optionalText(form, 'redirect_url') ?? null
    const redirectUrl = await requireRedirectUrl(url, 'redirect_url', instance, headers)
    return startLink(instance, store, { emailAddress: recipient, userId: null, clientId: client.id, redirectUrl })
  }
  const channel = strategy === 'email_code' ? 'email' : 'sms'
  return startCode(instance, store, { strategy, channel, recipient, userId: null, clientId: client.id })
}
