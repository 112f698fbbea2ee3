// Registering a passkey: what the device is asked to make, and whether what it made is sound (WebAuthn §7.1).

import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { PasskeyCredential } from '../../state/people/passkeys.ts'
import type { User } from '../../state/people/users.ts'
import { type Asked, expectationsOf } from './ceremony.ts'
import { type CredentialJson, requirePart } from './credential-json.ts'
import type { RelyingParty } from './relying-party.ts'

/** Who registers, and where. */
export interface Registration {
  readonly relyingParty: RelyingParty
  readonly applicationName: string
  readonly user: User
  /** What the device shows the account as. */
  readonly userName: string
}

/** The options for `navigator.credentials.create()`. Devices that hold one of the user's passkeys make no second one. */
export function registrationOptions({ relyingParty, applicationName, user, userName }: Registration) {
  return generateRegistrationOptions({
    rpName: applicationName,
    rpID: relyingParty.id,
    userName,
    userID: new TextEncoder().encode(user.id),
    attestationType: 'none',
    excludeCredentials: user.passkeys.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
    // Whoever signs in with a passkey types no identifier, and shows that it is she.
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  })
}

/** The new credential. Refuses an answer to another challenge, from another page, or without its owner's consent. */
export async function requireRegistered(
  asked: Asked,
  credential: CredentialJson,
): Promise<Omit<PasskeyCredential, 'id' | 'userId'>> {
  const verified = await verifyRegistrationResponse({
    response: {
      id: credential.id,
      rawId: credential.rawId,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: requirePart(credential, 'clientDataJSON'),
        attestationObject: requirePart(credential, 'attestationObject'),
      },
    },
    ...expectationsOf(asked),
  }).catch((error: unknown) => {
    throw new ClerkRefusal('passkey_invalid_public_key_credential', {}, { cause: error })
  })
  if (!verified.verified) throw new ClerkRefusal('passkey_invalid_public_key_credential', {})
  const { id, publicKey, counter } = verified.registrationInfo.credential
  return {
    credentialId: id,
    publicKey: Buffer.from(publicKey),
    signCount: counter,
    transports: transportsOf(credential),
  }
}

function transportsOf({ response }: CredentialJson): readonly string[] {
  const { transports } = response
  return Array.isArray(transports) ? transports.filter((item) => typeof item === 'string').slice(0, 10) : []
}
