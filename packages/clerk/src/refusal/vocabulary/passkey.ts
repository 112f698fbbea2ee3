// Passkeys, as Clerk's error index names what goes wrong with them.

import { type Nothing, type Renderings, atParam } from '../rendering.ts'

export interface PasskeyRefusals {
  passkey_invalid_public_key_credential: Nothing
  passkey_invalid_verification: Nothing
  passkey_not_registered: Nothing
  passkey_authentication_failure: Nothing
}

export const passkeyRenderings: Renderings<PasskeyRefusals> = {
  passkey_invalid_public_key_credential: () =>
    atParam('public_key_credential', 'is invalid', 'The passkey does not fit what this page asked the device for.'),
  passkey_invalid_verification: () => ({
    status: 400,
    message: 'invalid verification',
    longMessage: 'No passkey was asked for in this browser. Prepare the verification before you attempt it.',
  }),
  passkey_not_registered: () => ({
    status: 404,
    message: 'not registered',
    longMessage: 'This passkey is not registered here. It may have been removed from the account.',
  }),
  passkey_authentication_failure: () => ({
    status: 400,
    message: 'authentication failed',
    longMessage: 'The passkey did not prove who you are. Try again, or use another method.',
  }),
}
