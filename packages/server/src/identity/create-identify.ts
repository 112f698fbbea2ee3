// Who asks: turns a request's credentials into an Identity by the gateway's rules, for every door alike. A token in
// `Authorization` decides; an opaque key there is only the SDK's echo of `apikey`, which then decides.

import { Refusal } from '../refusal/refusal.ts'
import type { KeyKind, KeyRing } from './api-keys/key-ring.ts'
import { claimedKind, looksOpaque } from './api-keys/opaque-keys.ts'
import type { Credentials, Identify, Identity } from './identity.ts'
import type { Verifier } from './verify/verifier.ts'

interface IdentifyOptions {
  readonly verifier: Verifier
  readonly keyRing: KeyRing
  /** The role of callers without credentials and of publishable keys; null refuses callers without credentials. */
  readonly anonymousRole?: string | null
  /** Refuses an opaque key that stands in Authorization alone; and turns checkApiKey on. */
  readonly requireApiKey?: boolean
  /** Refuses secret keys that come with a browser's User-Agent, as the hosted platform does. */
  readonly refuseSecretKeysInBrowsers?: boolean
}

export interface Gate {
  readonly identify: Identify
  /** For the doors that demand a key: refuses with `token.api-key-missing`, `token.api-key-unknown` where keys are required. */
  checkApiKey(apikey: string | undefined): void
  /** Refuses with `token.secret-key-in-browser` a secret key in either place, where browsers must not hold one. */
  checkBrowser(credentials: Credentials, userAgent: string | undefined): void
  /** For the platform's own administration: refuses with `token.secret-key-required` all but a secret or service_role key. */
  requireSecretKey(credentials: Credentials): void
}

/** Puts the gate together that stands before every door. */
export function createIdentify(options: IdentifyOptions): Gate {
  const { verifier, keyRing, anonymousRole = 'anon' } = options
  const anonymous = anonymousRole === null ? null : Promise.resolve(plainIdentity(anonymousRole, 'anonymous'))
  const publishable = Promise.resolve(plainIdentity(anonymousRole ?? 'anon', 'api-key'))
  const secret = Promise.resolve(plainIdentity('service_role', 'api-key'))

  const identifyKey = (apikey: string): Promise<Identity> => {
    if (!looksOpaque(apikey)) return verifier.verify(apikey)
    const kind = keyRing.recognise(apikey)
    if (kind === 'secret') return secret
    if (kind === 'publishable') return publishable
    return Promise.reject(unknownKey(apikey))
  }

  return {
    identify({ authorization, apikey }) {
      const bearer = bearerOf(authorization)
      if (bearer !== null && !looksOpaque(bearer)) return verifier.verify(bearer)
      if (bearer === null && authorization !== undefined && authorization !== '') return anonymous ?? refuseAnonymous()
      if (apikey !== undefined && apikey !== '') return identifyKey(apikey)
      if (bearer === null) return anonymous ?? refuseAnonymous()
      return options.requireApiKey === true ? Promise.reject(missingKey()) : identifyKey(bearer)
    },
    checkApiKey(apikey = '') {
      if (options.requireApiKey !== true) return
      if (apikey === '') throw missingKey()
      if (keyRing.recognise(apikey) === null) throw unknownKey(apikey)
    },
    checkBrowser(credentials, userAgent) {
      if (options.refuseSecretKeysInBrowsers !== true || !isBrowser(userAgent)) return
      if (!textsOf(credentials).some((text) => looksOpaque(text) && keyRing.recognise(text) === 'secret')) return
      throw new Refusal(
        'token.secret-key-in-browser',
        {},
        { fix: 'Use the publishable key in browsers; a secret key bypasses Row Level Security.' },
      )
    },
    requireSecretKey(credentials) {
      if (textsOf(credentials).some((text) => isPowerful(keyRing.recognise(text)))) return
      throw new Refusal(
        'token.secret-key-required',
        {},
        { fix: 'Send the secret key (`tenon status` prints it) as the apikey header.' },
      )
    },
  }
}

/** What may be a key, in both places. */
function textsOf({ authorization, apikey }: Credentials): readonly string[] {
  return [apikey, bearerOf(authorization)].filter((text) => text !== undefined && text !== null)
}

function isPowerful(kind: KeyKind | null): boolean {
  return kind === 'secret' || kind === 'legacy-service-role'
}

const bearerScheme = /^bearer(?:\s+|$)/i

/** The token behind `Bearer`, empty where there is nothing behind it; null for no header or another scheme, as PostgREST. */
export function bearerOf(authorization: string | undefined): string | null {
  if (authorization === undefined) return null
  if (authorization.startsWith('Bearer ')) return authorization.slice(7).trim()
  const scheme = bearerScheme.exec(authorization)
  return scheme === null ? null : authorization.slice(scheme[0].length).trim()
}

/** Every current browser names itself so, and no server runtime does. */
export function isBrowser(userAgent: string | undefined): boolean {
  return userAgent?.startsWith('Mozilla/') ?? false
}

function plainIdentity(role: string, via: 'anonymous' | 'api-key'): Identity {
  const claims = Object.freeze({ role })
  const none = { issuer: null, subject: null, expiresAt: null }
  return Object.freeze({ kind: 'identity', role, claims, claimsJson: JSON.stringify(claims), via, ...none })
}

function refuseAnonymous(): Promise<never> {
  return Promise.reject(new Refusal('token.anonymous-disabled', {}))
}

function missingKey(): Refusal {
  return new Refusal('token.api-key-missing', {}, { fix: 'Send the project’s publishable key as the apikey header.' })
}

function unknownKey(shown: string): Refusal {
  const kind = looksOpaque(shown) ? claimedKind(shown) : 'legacy'
  return new Refusal(
    'token.api-key-unknown',
    { kind },
    { fix: 'It is no key of this project; `tenon status` prints those that are.' },
  )
}
