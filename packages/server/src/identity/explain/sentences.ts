// Each refusal of a token as one English sentence for people. The wire words of each dialect are its renderer's.

import type { AnyRefusal } from '../../refusal/refusal.ts'

/** Says what the refusal says. */
export function sentenceOf(refusal: AnyRefusal): string {
  return readingSentence(refusal) ?? trustSentence(refusal) ?? claimSentence(refusal) ?? refusal.code
}

function readingSentence(refusal: AnyRefusal): string | null {
  switch (refusal.code) {
    case 'token.empty':
      return 'There is no token.'
    case 'token.too-large':
      return `The token has ${refusal.detail.size} characters; at most ${refusal.detail.limit} are read.`
    case 'token.malformed':
      return `A token has three parts separated by dots; this has ${refusal.detail.parts}.`
    case 'token.undecodable':
      return `The token's ${refusal.detail.part} cannot be decoded.`
    case 'token.encrypted':
      return 'This is an encrypted token (JWE); only signed ones are accepted.'
    case 'token.algorithm-none':
      return 'The token is unsigned (alg none).'
    case 'token.algorithm-unsupported':
      return `The algorithm ${refusal.detail.algorithm || '(none given)'} is not supported.`
    case 'token.critical-unsupported':
      return `The header demands extensions that are not supported: ${refusal.detail.parameters.join(', ')}.`
    default:
      return null
  }
}

function trustSentence(refusal: AnyRefusal): string | null {
  switch (refusal.code) {
    case 'token.no-keys-configured':
      return 'The server has no key to verify tokens with.'
    case 'token.issuer-unknown':
      return `The issuer ${refusal.detail.issuer ?? '(no iss claim)'} is not trusted here; known: ${refusal.detail.known.join(', ') || 'none'}.`
    case 'token.issuer-mismatch':
      return `The token says it is from ${refusal.detail.issuer ?? 'nobody'}, but its key belongs to ${refusal.detail.expected}.`
    case 'token.key-unknown':
      return `No key with id ${refusal.detail.keyId ?? '(none)'} is known; known ids: ${refusal.detail.knownKeyIds.join(', ') || 'none'}.`
    case 'token.key-revoked':
      return 'The key that signed the token was revoked.'
    case 'token.keys-unavailable':
      return `The keys of ${refusal.detail.issuer} could not be fetched from ${refusal.detail.url}: ${refusal.detail.reason}.`
    case 'token.algorithm-mismatch':
      return `The token is signed with ${refusal.detail.algorithm}, but its key is for ${refusal.detail.allowed.join(', ') || 'nothing'}.`
    case 'token.signature-invalid':
      return 'The signature does not fit.'
    default:
      return null
  }
}

function claimSentence(refusal: AnyRefusal): string | null {
  switch (refusal.code) {
    case 'token.claims-malformed':
      return 'The payload is not a JSON object.'
    case 'token.claim-type':
      return `The claim ${refusal.detail.claim} must be ${refusal.detail.expected}.`
    case 'token.expired':
      return `The token expired ${Math.round(refusal.detail.now - refusal.detail.expiredAt)} seconds ago.`
    case 'token.expiry-missing':
      return `Tokens of ${refusal.detail.issuer} must have an exp claim.`
    case 'token.not-yet-valid':
      return `The token is valid in ${Math.round(refusal.detail.notBefore - refusal.detail.now)} seconds.`
    case 'token.issued-in-future':
      return `The token was issued ${Math.round(refusal.detail.issuedAt - refusal.detail.now)} seconds in the future.`
    case 'token.audience':
      return `The audience is ${JSON.stringify(refusal.detail.audience)}; expected ${refusal.detail.expected.join(' or ')}.`
    case 'token.authorized-party':
      return `The authorized party is ${JSON.stringify(refusal.detail.authorizedParty)}; allowed: ${refusal.detail.allowed.join(', ')}.`
    case 'token.role-not-allowed':
      return `Tokens of ${refusal.detail.issuer ?? 'this project'} may not take the role ${refusal.detail.role}.`
    case 'token.anonymous-disabled':
      return 'The token has no role, and anonymous access is disabled.'
    default:
      return null
  }
}
