// /me/email_addresses: one's own addresses, proven by code or link.

import {
  addEmailAddress,
  changeEmailAddress,
  removeEmailAddress,
} from '../../../directory/people/change-email-address.ts'
import { optionalText, requireChoice, requireText } from '../../../parameters/body.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { deletion } from '../../../resources/listing.ts'
import {
  type EmailAddress,
  requireEmailAddress,
  setEmailAddressVerification,
} from '../../../state/people/email-addresses.ts'
import { requireUser } from '../../../state/people/users.ts'
import { findVerifications } from '../../../state/sessions/verifications.ts'
import { requireRightCode } from '../../../proof/verification/require-right-code.ts'
import { startCode } from '../../../proof/verification/start-code.ts'
import { startLink } from '../../../proof/verification/start-link.ts'
import { requireRedirectUrl } from '../../../browser/page-origin.ts'
import {
  bare,
  type FrontendAnswer,
  type FrontendEndpoint,
  resource,
  type SessionRequest,
} from '../../frontend-request.ts'
import { emailAddressResource } from '../../resources/identifications.ts'
import { reverified } from '../../reverification/reverified.ts'
import { type Owned, removing, requireAddable, requireOwned, requirePrepared } from './own-identification.ts'

const path = '/v1/me/email_addresses'

export const emailAddressEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path, access: 'session', answer: all },
  { method: 'POST', path, access: 'session', answer: reverified(create) },
  { method: 'GET', path: `${path}/:id`, access: 'session', answer: one },
  { method: 'DELETE', path: `${path}/:id`, access: 'session', answer: reverified(remove) },
  { method: 'POST', path: `${path}/:id/prepare_verification`, access: 'session', answer: prepare },
  { method: 'POST', path: `${path}/:id/attempt_verification`, access: 'session', answer: attempt },
]

async function all({ store, session }: SessionRequest): Promise<FrontendAnswer> {
  const { emailAddresses } = await requireUser(store, session.userId)
  return bare(emailAddresses.map((address) => emailAddressResource(address, new Map())))
}

async function one(request: SessionRequest): Promise<FrontendAnswer> {
  return await addressAnswer(request, (await owned(request)).identification.id)
}

/** Adds an address that is to be verified. */
async function create(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, session } = request
  const emailAddress = await requireAddable(request, 'email_address')
  const id = await addEmailAddress(store, { userId: session.userId, emailAddress, status: 'unverified' })
  return await addressAnswer(request, id)
}

/** Sends a code, or a link that leads back to `redirect_url`. */
async function prepare(request: SessionRequest): Promise<FrontendAnswer> {
  const { instance, store, form, client, headers } = request
  const { identification: address, user } = await owned(request)
  if (address.verificationStatus === 'verified') throw new ClerkRefusal('verification_already_verified', {})
  const { strategies } = (await instance.snapshot()).settings.authentication.emailAddress
  const strategy = requireChoice(form, 'strategy', strategies)
  const { emailAddress } = address
  const toWhom = { userId: user.id, clientId: client.id }
  const redirectUrl =
    strategy === 'email_link'
      ? await requireRedirectUrl(optionalText(form, 'redirect_url') ?? null, 'redirect_url', instance, headers)
      : null
  await store.atomically(async (inner) => {
    const verification =
      redirectUrl === null
        ? await startCode(instance, inner, { ...toWhom, strategy, channel: 'email', recipient: emailAddress })
        : await startLink(instance, inner, { ...toWhom, emailAddress, redirectUrl })
    await setEmailAddressVerification(inner, address.id, verification.id)
  })
  return await addressAnswer(request, address.id)
}

async function attempt(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, form } = request
  const { id, ...address } = (await owned(request)).identification
  const proof = await requireRightCode(store, requirePrepared({ id, ...address }), requireText(form, 'code'))
  await store.atomically(async (inner) => {
    await proof.spend(inner)
    await changeEmailAddress(inner, id, { status: 'verified', strategy: proof.strategy })
  })
  return await addressAnswer(request, id)
}

async function remove(request: SessionRequest): Promise<FrontendAnswer> {
  const { id } = (await owned(request)).identification
  await removing(request, id, (inner) => removeEmailAddress(inner, id))
  return resource(deletion('email_address', id))
}

function owned(request: SessionRequest): Promise<Owned<EmailAddress>> {
  return requireOwned(request, 'email_address', ({ emailAddresses }) => emailAddresses)
}

async function addressAnswer({ store }: SessionRequest, id: string): Promise<FrontendAnswer> {
  const address = await requireEmailAddress(store, id)
  return resource(emailAddressResource(address, await findVerifications(store, [address.verificationId ?? ''])))
}
