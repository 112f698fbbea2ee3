// What can be wrong with a token on purpose, so that people see who refuses it, and with which words.

import type { JsonObject } from '../json.ts'

/** Faults of what a token says. */
const claimFaults = [
  'expired',
  'not_yet_valid',
  'issued_in_future',
  'no_expiry',
  'wrong_issuer',
  'no_role',
  'role_service_role',
] as const

/** Faults of how it is signed. */
const signatureFaults = ['wrong_key', 'unknown_kid', 'tampered', 'alg_none', 'hs256_with_public_key'] as const

export const faults = ['none', ...claimFaults, ...signatureFaults] as const

export type Fault = (typeof faults)[number]

/** Seconds by which times are wrong: more than anybody allows for clocks. */
const far = 3600

/** Resolves nowhere, as `.invalid` never does (RFC 6761). */
const strangersIssuer = 'https://stranger.invalid'

/** The claims with the fault in them; those of a signature's fault as they are. */
export function faultyClaims(claims: JsonObject, fault: Fault, nowSeconds: number): JsonObject {
  switch (fault) {
    case 'expired':
      return { ...claims, ...moved(claims, -(far + seconds(claims['exp']) - nowSeconds)) }
    case 'not_yet_valid':
      return { ...claims, nbf: nowSeconds + far, exp: seconds(claims['exp']) + far }
    case 'issued_in_future':
      return { ...claims, iat: nowSeconds + far, exp: seconds(claims['exp']) + far }
    case 'no_expiry':
      return without(claims, 'exp')
    case 'wrong_issuer':
      return { ...claims, iss: strangersIssuer }
    case 'no_role':
      return without(claims, 'role')
    case 'role_service_role':
      return { ...claims, role: 'service_role' }
    case 'none':
    case 'wrong_key':
    case 'unknown_kid':
    case 'tampered':
    case 'alg_none':
    case 'hs256_with_public_key':
      return claims
  }
}

/** The claims under somebody else's name, which a signature made before does not cover. */
export function tamperedClaims(claims: JsonObject): JsonObject {
  return { ...claims, sub: 'user_somebody_else' }
}

function moved(claims: JsonObject, by: number): JsonObject {
  return { iat: seconds(claims['iat']) + by, nbf: seconds(claims['nbf']) + by, exp: seconds(claims['exp']) + by }
}

function seconds(claim: JsonObject[string] | undefined): number {
  return typeof claim === 'number' ? claim : 0
}

function without(claims: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name))
}
