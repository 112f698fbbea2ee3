// What is wrong with a token or a key. Upstream tells three things apart: a text that is no token, a signature that is
// not true, and claims that do not hold.

import type { TokenRefusals } from '../vocabulary/token.ts'
import { type PhoenixSaid, say, type Sayings } from './said.ts'

export const tokenSayings: Sayings<keyof TokenRefusals> = {
  'token.empty': () => malformed('The token provided is not a valid JWT'),
  'token.too-large': ({ size, limit }) => malformed(`The token has ${size} characters; at most ${limit} are read`),
  'token.malformed': () => malformed('The token provided is not a valid JWT'),
  'token.undecodable': ({ part }) => malformed(`The ${part} of the token cannot be decoded`),
  'token.encrypted': () => malformed('The token is encrypted'),
  'token.algorithm-none': () => untrue('The token is not signed'),
  'token.algorithm-unsupported': ({ algorithm }) => untrue(`The algorithm ${algorithm} is not supported`),
  'token.critical-unsupported': ({ parameters }) =>
    untrue(`The critical header parameters are not supported: ${parameters.join(', ')}`),
  'token.algorithm-mismatch': ({ algorithm }) => untrue(`The algorithm ${algorithm} does not fit the key`),
  'token.issuer-unknown': ({ issuer }) =>
    untrue(issuer === null ? 'Failed to validate JWT signature' : `The issuer ${issuer} is not trusted`),
  'token.issuer-mismatch': ({ issuer }) => untrue(`The key that signed the token is not of the issuer ${issuer ?? ''}`),
  'token.key-unknown': () => untrue('Failed to validate JWT signature'),
  'token.key-revoked': () => untrue('The key that signed the token was revoked'),
  'token.keys-unavailable': ({ issuer }) => say(503, 'JwtSignerError', `The keys of ${issuer} could not be fetched`),
  'token.signature-invalid': () => untrue('Failed to validate JWT signature'),
  'token.claims-malformed': () => invalid('Token claims must be a map'),
  'token.claim-type': ({ claim, expected }) => invalid(`The claim ${claim} must be ${expected}`),
  'token.expired': ({ expiredAt, now }) => invalid(`Token has expired ${Math.floor(now - expiredAt)} seconds ago`),
  'token.not-yet-valid': () => invalid('The token is not valid yet'),
  'token.issued-in-future': () => invalid('The token was issued in the future'),
  'token.expiry-missing': () => invalid('Fields `role` and `exp` are required in JWT'),
  'token.audience': () => invalid('The token is for another audience'),
  'token.authorized-party': () => invalid('The token is of another party'),
  'token.role-not-allowed': ({ role, roleIsDefault }) =>
    invalid(roleIsDefault ? 'Fields `role` and `exp` are required in JWT' : `The role ${role} is not for tokens`),
  'token.anonymous-disabled': () => unauthorized('Anonymous access is disabled'),
  'token.no-keys-configured': () => say(500, 'JwtSignerError', 'The server has no key to verify tokens with'),
  'token.api-key-missing': () => unauthorized('No API key found in request'),
  'token.api-key-unknown': () => unauthorized('Invalid API key'),
  'token.secret-key-in-browser': () => unauthorized('Forbidden use of secret API key in browser'),
  'token.secret-key-required': () => unauthorized('A secret key is required here'),
}

function malformed(message: string): PhoenixSaid {
  return say(401, 'MalformedJWT', message)
}

function untrue(message: string): PhoenixSaid {
  return say(401, 'JwtSignatureError', message)
}

function invalid(message: string): PhoenixSaid {
  return say(401, 'InvalidJWTToken', message)
}

function unauthorized(message: string): PhoenixSaid {
  return say(401, 'Unauthorized', message)
}
