// What is wrong with a token or a key, as upstream's JWT library words it: a 403 in the body.

import type { RefusalDetails } from '../refusal.ts'
import type { TokenRefusals } from '../vocabulary/token.ts'
import { say, type Sayings, type StorageSaid } from './said.ts'

export const tokenSayings: Sayings<keyof TokenRefusals> = {
  'token.empty': compact,
  'token.too-large': ({ size, limit }) => denied(`The token has ${size} characters; at most ${limit} are read`),
  'token.malformed': compact,
  'token.undecodable': compact,
  'token.encrypted': compact,
  'token.algorithm-none': () => denied('Invalid Compact JWS'),
  'token.algorithm-unsupported': ({ algorithm }) => denied(`The algorithm ${algorithm} is not supported`),
  'token.critical-unsupported': ({ parameters }) =>
    denied(`The critical header parameters are not supported: ${parameters.join(', ')}`),
  'token.algorithm-mismatch': ({ algorithm }) => denied(`The algorithm ${algorithm} does not fit the key`),
  'token.issuer-unknown': ({ issuer }) =>
    issuer === null ? unverified() : denied(`The issuer ${issuer} is not trusted`),
  'token.issuer-mismatch': ({ issuer }) => denied(`The key that signed the token is not of the issuer ${issuer ?? ''}`),
  'token.key-unknown': unverified,
  'token.key-revoked': () => denied('The key that signed the token was revoked'),
  'token.keys-unavailable': ({ issuer }) =>
    say(503, 'Unavailable', 'SlowDown', `The keys of ${issuer} could not be fetched`),
  'token.signature-invalid': unverified,
  'token.claims-malformed': () => denied('JWT Claims Set must be a JSON object'),
  'token.claim-type': ({ claim, expected }) => denied(`"${claim}" claim must be ${expected}`),
  'token.expired': () => denied('"exp" claim timestamp check failed'),
  'token.not-yet-valid': () => denied('"nbf" claim timestamp check failed'),
  'token.issued-in-future': () => denied('"iat" claim timestamp check failed (it should be in the past)'),
  'token.expiry-missing': () => denied('missing required "exp" claim'),
  'token.audience': () => denied('unexpected "aud" claim value'),
  'token.authorized-party': () => denied('unexpected "azp" claim value'),
  'token.role-not-allowed': ({ role }: RefusalDetails['token.role-not-allowed']) =>
    denied(`The role ${role} is not for tokens of this issuer`),
  'token.anonymous-disabled': () =>
    say(400, 'Error', 'InvalidRequest', "headers must have required property 'authorization'"),
  'token.no-keys-configured': () => say(500, 'InternalError', 'InternalError', 'The server has no key to verify with'),
  'token.api-key-missing': () => denied('No API key found in request'),
  'token.api-key-unknown': () => denied('Invalid API key'),
  'token.secret-key-in-browser': () => denied('Forbidden use of secret API key in browser'),
  'token.secret-key-required': () => denied('A secret key is required here'),
}

function denied(message: string): StorageSaid {
  return say(403, 'Unauthorized', 'AccessDenied', message)
}

function compact(): StorageSaid {
  return denied('Invalid Compact JWS')
}

function unverified(): StorageSaid {
  return denied('signature verification failed')
}
