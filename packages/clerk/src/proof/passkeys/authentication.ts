// Showing a passkey: what the device is asked to sign, and whether it did (WebAuthn §7.2).

import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server'

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { PasskeyCredential } from '../../state/people/passkeys.ts'
import type { User } from '../../state/people/users.ts'
import { type Asked, expectationsOf } from './ceremony.ts'
import { type CredentialJson, requirePart } from './credential-json.ts'
import type { RelyingParty } from './relying-party.ts'

/** The options for `navigator.credentials.get()`; any passkey of the page where `user` is null. */
export function authenticationOptions({ id }: RelyingParty, user: User | null) {
  return generateAuthenticationOptions({
    rpID: id,
    allowCredentials: (user?.passkeys ?? []).map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
    userVerification: 'required',
  })
}

/** The device's count of signatures. Refuses an answer to another challenge, from another page, or that the key did not sign. */
export async function requireSigned(
  asked: Asked,
  passkey: PasskeyCredential,
  credential: CredentialJson,
): Promise<number> {
  const verified = await verifyAuthenticationResponse({
    response: {
      id: credential.id,
      rawId: credential.rawId,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: requirePart(credential, 'clientDataJSON'),
        authenticatorData: requirePart(credential, 'authenticatorData'),
        signature: requirePart(credential, 'signature'),
      },
    },
    ...expectationsOf(asked),
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.signCount,
    },
  }).catch((error: unknown) => {
    throw new ClerkRefusal('passkey_authentication_failure', {}, { cause: error })
  })
  if (!verified.verified) throw new ClerkRefusal('passkey_authentication_failure', {})
  return verified.authenticationInfo.newCounter
}
