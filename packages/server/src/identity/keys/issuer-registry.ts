// Which issuers are trusted now, each with its own keys. Keys of one never verify tokens of another.

import { issuerLabel, normaliseIssuer, type Issuer } from '../issuers/issuer.ts'
import { createIssuerKeys, type IssuerKeys, type IssuerKeysDeps } from './issuer-keys.ts'

/** An issuer and the keys bound to it. */
export interface TrustedIssuer {
  readonly kind: 'issuer'
  readonly issuer: Issuer
  readonly keys: IssuerKeys
}

export interface IssuerRegistry {
  all(): readonly TrustedIssuer[]
  /** By an `iss` claim; a trailing slash does not count. */
  named(iss: string): TrustedIssuer | undefined
  /** Issuers known by their keys alone. */
  nameless(): readonly TrustedIssuer[]
  /** Whose key this id is, among the keys already known. */
  holderOf(keyId: string): TrustedIssuer | undefined
  /** Trusts these issuers and no others; what is unchanged keeps its keys. */
  replace(issuers: readonly Issuer[]): void
}

/** Registers issuers; fetches nothing. */
export function createIssuerRegistry(issuers: readonly Issuer[], deps: IssuerKeysDeps): IssuerRegistry {
  let trusted = new Map<string, TrustedIssuer>()
  const registry: IssuerRegistry = {
    all: () => [...trusted.values()],
    named: (iss) => trusted.get(normaliseIssuer(iss)),
    nameless: () => registry.all().filter(({ issuer }) => issuer.issuer === null),
    holderOf: (keyId) => registry.all().find(({ keys }) => keys.known().some((key) => key.keyId === keyId)),
    replace(next) {
      const before = trusted
      trusted = new Map(next.map((issuer) => [keyOf(issuer), adopt(issuer, before.get(keyOf(issuer)), deps)]))
    },
  }
  registry.replace(issuers)
  return registry
}

/** A nameless issuer stands under a text no `iss` that is looked up can equal after normalisation. */
function keyOf(issuer: Issuer): string {
  return issuer.issuer ?? `${issuerLabel(issuer)}\0/`
}

function adopt(issuer: Issuer, before: TrustedIssuer | undefined, deps: IssuerKeysDeps): TrustedIssuer {
  const sameOrigin = before !== undefined && JSON.stringify(before.issuer.keys) === JSON.stringify(issuer.keys)
  return { kind: 'issuer', issuer, keys: sameOrigin ? before.keys : createIssuerKeys(issuer, deps) }
}
