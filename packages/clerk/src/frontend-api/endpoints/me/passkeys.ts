// /me/passkeys: registering a passkey of one's own, naming it, removing it.

import { changePasskeyName, registerPasskey, removePasskey } from '../../../directory/sessions/passkeys.ts'
import { requireText } from '../../../parameters/body.ts'
import { requireAsked, startCeremony } from '../../../proof/passkeys/ceremony.ts'
import { requireCredentialJson } from '../../../proof/passkeys/credential-json.ts'
import { registrationOptions, requireRegistered } from '../../../proof/passkeys/registration.ts'
import { requireRelyingParty } from '../../../proof/passkeys/relying-party.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { notFound } from '../../../refusal/not-found.ts'
import { deletion } from '../../../resources/listing.ts'
import { insertPendingPasskey, requirePendingPasskey } from '../../../state/people/passkeys.ts'
import { requireUser } from '../../../state/people/users.ts'
import { findVerification } from '../../../state/sessions/verifications.ts'
import { requireSettled } from '../../../proof/verification/require-right-code.ts'
import {
  type FrontendAnswer,
  type FrontendEndpoint,
  pathValue,
  resource,
  type SessionRequest,
} from '../../frontend-request.ts'
import { deviceOf } from '../../resources/device.ts'
import { passkeyResource, pendingPasskeyResource } from '../../resources/passkey.ts'
import { identifierOf } from '../../resources/user.ts'
import { reverified } from '../../reverification/reverified.ts'

const path = '/v1/me/passkeys'

export const passkeyEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path, access: 'session', answer: reverified(create) },
  { method: 'POST', path: `${path}/:id/attempt_verification`, access: 'session', answer: attempt },
  { method: 'GET', path: `${path}/:id`, access: 'session', answer: one },
  { method: 'PATCH', path: `${path}/:id`, access: 'session', answer: rename },
  { method: 'DELETE', path: `${path}/:id`, access: 'session', answer: reverified(remove) },
]

/** Asks the device for a new passkey. */
async function create({
  instance,
  store,
  origin,
  client,
  session,
  userAgent,
}: SessionRequest): Promise<FrontendAnswer> {
  const { authentication } = (await instance.snapshot()).settings
  if (!authentication.passkey) throw new ClerkRefusal('feature_not_enabled', { feature: 'passkeys' })
  const user = await requireUser(store, session.userId)
  const relyingParty = requireRelyingParty(origin)
  const { applicationName } = instance
  const userName = identifierOf(user) ?? user.id
  const options = await registrationOptions({ relyingParty, applicationName, user, userName })
  return await store.atomically(async (inner) => {
    const verification = await startCeremony(inner, client.id, relyingParty, options)
    const id = await insertPendingPasskey(inner, user.id, {
      name: nameOf(userAgent),
      verificationId: verification.id,
    })
    return resource(pendingPasskeyResource(await requirePendingPasskey(inner, user.id, id), verification))
  })
}

/** Keeps what the device made. */
async function attempt(request: SessionRequest): Promise<FrontendAnswer> {
  const { instance, store, form, client, session } = request
  const { id, userId, verificationId } = await requirePendingPasskey(store, session.userId, pathValue(request, 'id'))
  const verification = await findVerification(store, verificationId)
  if (verification === null) throw new ClerkRefusal('passkey_invalid_verification', {})
  const credential = await requireRegistered(requireAsked(verification, client.id), requireCredentialJson(form))
  const spend = (inner: typeof store) => requireSettled(inner, verificationId)
  await registerPasskey(instance, store, { id, userId, credential, spend })
  return await one(request)
}

async function one(request: SessionRequest): Promise<FrontendAnswer> {
  const { passkeys } = await requireUser(request.store, request.session.userId)
  const id = pathValue(request, 'id')
  const found = passkeys.find((passkey) => passkey.id === id)
  if (found === undefined) throw notFound('passkey', id)
  return resource(passkeyResource(found))
}

async function rename(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, form, session } = request
  await changePasskeyName(store, session.userId, pathValue(request, 'id'), requireText(form, 'name', 256))
  return await one(request)
}

async function remove(request: SessionRequest): Promise<FrontendAnswer> {
  const { instance, store, session } = request
  const id = pathValue(request, 'id')
  await removePasskey(instance, store, session.userId, id)
  return resource(deletion('passkey', id))
}

/** What a new passkey is called until its owner calls it something else. */
function nameOf(userAgent: string): string {
  const { browserName, deviceType } = deviceOf(userAgent)
  return browserName === null ? 'Passkey' : [browserName, deviceType].filter((part) => part !== null).join(' on ')
}
