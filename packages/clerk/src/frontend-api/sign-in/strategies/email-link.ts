// A link by e-mail as the first factor: prepared here, opened at `/v1/verify`.

import { optionalText } from '../../../parameters/body.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import type { Verification } from '../../../state/sessions/verifications.ts'
import { startLink } from '../../../proof/verification/start-link.ts'
import { requireRedirectUrl } from '../../../browser/page-origin.ts'
import type { ClientRequest } from '../../frontend-request.ts'
import type { FactorStrategy, Person } from '../factor.ts'
import { requirePerson } from '../require-person.ts'

const strategy = 'email_link'

export const emailLinkStrategy: FactorStrategy = {
  offers: (user, { emailAddress }) =>
    emailAddress.asked === 'off' || !emailAddress.signIn || !emailAddress.strategies.includes(strategy)
      ? []
      : user.emailAddresses
          .filter(({ verificationStatus, reserved }) => verificationStatus === 'verified' || reserved)
          .map(({ id, emailAddress: identifier }) => ({
            strategy,
            identifier,
            emailAddressId: id,
            primary: id === user.primaryEmailAddressId,
          })),
  prepare,
  // A link is opened, not typed in.
  attempt: async () => {
    throw new ClerkRefusal('verification_missing', {})
  },
}

async function prepare(request: ClientRequest, person: Person | null): Promise<Verification> {
  const { instance, store, client, form, headers } = request
  const { user, isPhantom } = requirePerson(person)
  const { authentication } = (await instance.snapshot()).settings
  const factors = emailLinkStrategy.offers(user, authentication)
  const id = optionalText(form, 'email_address_id') || null
  const chosen =
    id === null
      ? (factors.find(({ primary }) => primary) ?? factors[0])
      : factors.find(({ emailAddressId }) => emailAddressId === id)
  if (chosen === undefined) throw new ClerkRefusal('strategy_for_user_invalid', {})
  const redirectUrl = await requireRedirectUrl(
    optionalText(form, 'redirect_url') ?? null,
    'redirect_url',
    instance,
    headers,
  )
  return startLink(instance, store, {
    emailAddress: chosen.identifier ?? '',
    userId: isPhantom ? null : user.id,
    clientId: client.id,
    redirectUrl,
    withheld: isPhantom,
  })
}
