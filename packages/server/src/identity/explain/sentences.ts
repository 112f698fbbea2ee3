// Each refusal of a token as one English sentence for people. The wire words of each dialect are its renderer's.

import type { AnyRefusal, RefusalDetails } from '../../refusal/refusal.ts'
import type { TokenRefusals } from '../../refusal/vocabulary/token.ts'

type Sentences = { readonly [Code in keyof TokenRefusals]: (detail: RefusalDetails[Code]) => string }

const sentences: Sentences = {
  'token.empty': () => 'There is no token.',
  'token.too-large': (detail) => `The token has ${detail.size} characters; at most ${detail.limit} are read.`,
  'token.malformed': (detail) => `A token has three parts separated by dots; this has ${detail.parts}.`,
  'token.undecodable': (detail) => `The token's ${detail.part} cannot be decoded.`,
  'token.encrypted': () => 'This is an encrypted token (JWE); only signed ones are accepted.',
  'token.algorithm-none': () => 'The token is unsigned (alg none).',
  'token.algorithm-unsupported': (detail) => `The algorithm ${detail.algorithm || '(none given)'} is not supported.`,
  'token.critical-unsupported': (detail) =>
    `The header demands extensions that are not supported: ${detail.parameters.join(', ')}.`,
  'token.no-keys-configured': () => 'The server has no key to verify tokens with.',
  'token.issuer-unknown': (detail) =>
    `The issuer ${detail.issuer ?? '(no iss claim)'} is not trusted here; known: ${detail.known.join(', ') || 'none'}.`,
  'token.issuer-mismatch': (detail) =>
    `The token says it is from ${detail.issuer ?? 'nobody'}, but its key belongs to ${detail.expected}.`,
  'token.key-unknown': (detail) =>
    `No key with id ${detail.keyId ?? '(none)'} is known; known ids: ${detail.knownKeyIds.join(', ') || 'none'}.`,
  'token.key-revoked': () => 'The key that signed the token was revoked.',
  'token.keys-unavailable': (detail) =>
    `The keys of ${detail.issuer} could not be fetched from ${detail.url}: ${detail.reason}.`,
  'token.algorithm-mismatch': (detail) =>
    `The token is signed with ${detail.algorithm}, but its key is for ${detail.allowed.join(', ') || 'nothing'}.`,
  'token.signature-invalid': () => 'The signature does not fit.',
  'token.claims-malformed': () => 'The payload is not a JSON object.',
  'token.claim-type': (detail) => `The claim ${detail.claim} must be ${detail.expected}.`,
  'token.expired': (detail) => `The token expired ${Math.round(detail.now - detail.expiredAt)} seconds ago.`,
  'token.expiry-missing': (detail) => `Tokens of ${detail.issuer} must have an exp claim.`,
  'token.not-yet-valid': (detail) => `The token is valid in ${Math.round(detail.notBefore - detail.now)} seconds.`,
  'token.issued-in-future': (detail) =>
    `The token was issued ${Math.round(detail.issuedAt - detail.now)} seconds in the future.`,
  'token.audience': (detail) =>
    `The audience is ${JSON.stringify(detail.audience)}; expected ${detail.expected.join(' or ')}.`,
  'token.authorized-party': (detail) =>
    `The authorized party is ${JSON.stringify(detail.authorizedParty)}; allowed: ${detail.allowed.join(', ')}.`,
  'token.role-not-allowed': (detail) => {
    const refused = `tokens of ${detail.issuer ?? 'this project'} may not take the role ${detail.role}`
    return detail.roleIsDefault ? `The token has no role claim, and ${refused}.` : `T${refused.slice(1)}.`
  },
  'token.anonymous-disabled': () => 'The token has no role, and anonymous access is disabled.',
  'token.api-key-missing': () => 'There is no API key.',
  'token.api-key-unknown': (detail) => `The ${detail.kind} key is no key of this project.`,
  'token.secret-key-in-browser': () => 'A secret key must not be used in a browser.',
  'token.secret-key-required': () => 'This needs the secret key.',
}

/** Says what a refusal of the identity stage says; another stage's is given by its code. */
export function sentenceOf(refusal: AnyRefusal): string {
  if (!(refusal.code in sentences)) return refusal.code
  const sentence = sentences[refusal.code as keyof Sentences] as (detail: unknown) => string
  return sentence(refusal.detail)
}
