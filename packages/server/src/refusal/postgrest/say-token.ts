// The PGRST3xx family: credentials. Checks that PostgREST does not make take the code of the nearest one it makes:
// 300 the server cannot verify, 301 the token cannot be trusted, 302 credentials are missing, 303 a claim is wrong.

import type { TokenRefusals } from '../vocabulary/token.ts'
import type { Said, Sayings } from './said.ts'

const noKeyFits = 'None of the keys was able to decode the JWT'

export const tokenSayings: Sayings<keyof TokenRefusals> = {
  'token.empty': () => untrusted('Empty JWT is sent in Authorization header'),
  'token.too-large': ({ size, limit }) => untrusted(`The JWT has ${size} characters; at most ${limit} are read`),
  'token.malformed': ({ parts }) => untrusted(`Expected 3 parts in JWT; got ${parts}`),
  'token.undecodable': () => untrusted('JWT cryptographic operation failed'),
  // A JWE has five parts, and PostgREST counts before it looks.
  'token.encrypted': () => untrusted('Expected 3 parts in JWT; got 5'),
  'token.algorithm-none': () => wrongAlgorithm("JWT is unsecured but expected 'alg' was not 'none'"),
  'token.algorithm-unsupported': ({ algorithm }) => wrongAlgorithm(`The algorithm '${algorithm}' is not supported`),
  'token.critical-unsupported': ({ parameters }) =>
    wrongAlgorithm(`The critical header parameters are not supported: ${parameters.join(', ')}`),
  'token.algorithm-mismatch': () => noSuitableKey(noKeyFits),
  'token.issuer-unknown': ({ issuer }) =>
    noSuitableKey(issuer === null ? noKeyFits : `The issuer '${issuer}' is not trusted`),
  'token.issuer-mismatch': ({ issuer }) =>
    noSuitableKey(`The key that signed the JWT does not belong to the issuer '${issuer ?? ''}'`),
  'token.key-unknown': () => noSuitableKey(noKeyFits),
  'token.key-revoked': () => noSuitableKey('The key that signed the JWT was revoked'),
  'token.keys-unavailable': ({ issuer, retryAfter }) => ({
    status: 503,
    code: 'PGRST300',
    message: `The keys of the issuer '${issuer}' could not be fetched. Retrying.`,
    headers: [['Retry-After', String(retryAfter)]],
  }),
  'token.signature-invalid': () => noSuitableKey(noKeyFits),
  'token.claims-malformed': () => wrongClaim('Parsing claims failed'),
  'token.claim-type': ({ claim, expected }) => wrongClaim(`The JWT '${claim}' claim must be ${expected}`),
  'token.expired': () => wrongClaim('JWT expired'),
  'token.not-yet-valid': () => wrongClaim('JWT not yet valid'),
  'token.issued-in-future': () => wrongClaim('JWT issued at future'),
  'token.expiry-missing': () => wrongClaim("The JWT has no 'exp' claim"),
  'token.audience': () => wrongClaim('JWT not in audience'),
  'token.authorized-party': () => wrongClaim('JWT not from an authorized party'),
  'token.role-not-allowed': ({ role, roleIsDefault, issuer }) => {
    const holder = issuer === null ? 'this JWT' : `the issuer '${issuer}'`
    if (!roleIsDefault) return wrongClaim(`The role '${role}' is not allowed for ${holder}`)
    const details = `The role '${role}', which stands in for a missing one, is not allowed for ${holder}`
    return { ...wrongClaim("The JWT has no 'role' claim"), details }
  },
  'token.anonymous-disabled': () => missing('Anonymous access is disabled', null),
  'token.no-keys-configured': () => ({ status: 500, code: 'PGRST300', message: 'Server lacks JWT secret' }),
  'token.api-key-missing': () =>
    missing('No API key found in request', 'No `apikey` request header or url param was found.'),
  'token.api-key-unknown': () => ({
    ...untrusted('Invalid API key'),
    hint: 'Double check your Supabase `anon` or `service_role` API key.',
  }),
  'token.secret-key-in-browser': () => ({
    ...untrusted('Forbidden use of secret API key in browser'),
    hint: 'A secret key belongs on a server. If this one was used in a browser, replace it.',
  }),
  'token.secret-key-required': () => missing('The secret key is required here', null),
}

function untrusted(message: string): Said {
  return { status: 401, code: 'PGRST301', message, headers: [invalidToken(message)] }
}

function noSuitableKey(details: string): Said {
  return { ...untrusted('No suitable key or wrong key type'), details }
}

function wrongAlgorithm(details: string): Said {
  return { ...untrusted('Wrong or unsupported encoding algorithm'), details }
}

function wrongClaim(message: string): Said {
  return { status: 401, code: 'PGRST303', message, headers: [invalidToken(message)] }
}

function missing(message: string, hint: string | null): Said {
  return { status: 401, code: 'PGRST302', message, hint, headers: [['WWW-Authenticate', 'Bearer']] }
}

/** RFC 6750 §3; the description is a quoted string. */
function invalidToken(description: string): readonly [string, string] {
  const quoted = description.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return ['WWW-Authenticate', `Bearer error="invalid_token", error_description="${quoted}"`]
}
