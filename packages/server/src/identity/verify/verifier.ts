// The one verifier every door uses: a token in, an Identity out, or a refusal `token.*`. The rules are the checks
// of examine.ts; here are the cache before them, the numbers beside them, and the Identity made of what they found.

import { isRefusal } from '../../refusal/refusal.ts'
import type { Identity } from '../identity.ts'
import type { IdentityLog } from '../identity-log.ts'
import { issuerLabel, type Issuer } from '../issuers/issuer.ts'
import type { Fetch } from '../keys/fetch-json.ts'
import { createIssuerRegistry } from '../keys/issuer-registry.ts'
import { keepFresh } from '../keys/keep-fresh.ts'
import type { OwnKeys } from '../keys/own-keys.ts'
import { forgetfulKeyStore, type KeyStore } from '../keys/stored-keys.ts'
import type { ShownAgain } from '../sightings/issuer-sightings.ts'
import { leeway } from './claim-checks.ts'
import { examine } from './examine.ts'
import { beginExamination, type Examination, type ExaminationDeps } from './examination.ts'
import { createVerifierRecord, type RecordedStats } from './verifier-record.ts'
import { createVerifiedCache, type CacheStats } from './verified-cache.ts'

interface VerifierOptions {
  readonly own: OwnKeys
  readonly issuers: readonly Issuer[]
  readonly log: IdentityLog
  /** Unix seconds; the clock by default. */
  readonly now?: () => number
  readonly fetch?: Fetch
  /** Where the last good key sets outlive the process. */
  readonly store?: KeyStore
  /** The role of tokens without one; `anon` by default, null refuses them. */
  readonly anonymousRole?: string | null
  /** Verified tokens remembered; 10 000 by default, 0 verifies each anew. */
  readonly cacheCapacity?: number
  /** Called once for each newly verified token of a third party. */
  readonly onThirdParty?: (identity: Identity) => void
  /** Tokens that are API keys, so that the Identity says so. */
  readonly isApiKey?: (token: string) => boolean
}

export interface VerifierStats extends RecordedStats {
  readonly cache: CacheStats
  /** Seconds since each issuer's keys were fetched; null where there are none. */
  readonly keyAges: Readonly<Record<string, number | null>>
}

/** A verified caller, and who wants to know when the token is shown again. */
interface Verified {
  readonly identity: Promise<Identity>
  readonly shownAgain: ShownAgain | null
}

export interface Verifier {
  /** Refuses with `token.*` by rejecting; a cached token resolves without work. */
  verify(token: string): Promise<Identity>
  /** Trusts these issuers from now on, forgets all verified tokens, and fetches keys that are new in the background. */
  replaceIssuers(issuers: readonly Issuer[]): void
  /** Fetches keys in the background now and whenever they grow old. Start-up never waits for it. */
  start(): void
  /** Stops the background refresh. */
  stop(): void
  stats(): VerifierStats
  /** What the checks work with; for explaining. */
  readonly deps: ExaminationDeps
}

/** Puts the verifier together. Fetches nothing until `start()` or the first token that needs a key. */
export function createVerifier(options: VerifierOptions): Verifier {
  const { own, log, now = () => Date.now() / 1000 } = options
  const cache = createVerifiedCache<Verified>(options.cacheCapacity ?? 10_000)
  const registry = createIssuerRegistry(options.issuers, {
    fetch: options.fetch ?? globalThis.fetch,
    now,
    store: options.store ?? forgetfulKeyStore,
    log,
    onKeysDropped: () => cache.clear(),
  })
  own.onRevoked(() => cache.clear())
  const { anonymousRole = 'anon' } = options
  const deps: ExaminationDeps = { own, registry, now, anonymousRole }
  const record = createVerifierRecord(log)
  const freshener = keepFresh(registry)

  const verifyAnew = async (token: string, digest: string): Promise<Identity> => {
    const generation = cache.generation()
    const seen = beginExamination(token, now())
    try {
      await examine(token, deps, seen)
      const identity = identityOf(seen, options.isApiKey?.(token) ?? false)
      const value = { identity: Promise.resolve(identity), shownAgain: record.accept(seen) }
      cache.keep(digest, { value, ...validity(seen) }, generation)
      if (seen.trust.kind === 'issuer') options.onThirdParty?.(identity)
      return identity
    } catch (thrown) {
      if (isRefusal(thrown)) record.refuse(seen, thrown.code)
      throw thrown
    }
  }

  return {
    deps,
    verify(token) {
      const digest = cache.digest(token)
      const at = now()
      const verified = cache.find(digest, at)
      if (verified === undefined) return verifyAnew(token, digest)
      verified.shownAgain?.(at)
      return verified.identity
    },
    replaceIssuers(issuers) {
      registry.replace(issuers)
      cache.clear()
      freshener.renew()
    },
    start: () => freshener.start(),
    stop: () => freshener.stop(),
    stats: () => ({
      cache: cache.stats(),
      keyAges: Object.fromEntries(registry.all().map(({ issuer, keys }) => [issuerLabel(issuer), keys.age()])),
      ...record.stats(),
    }),
  }
}

function identityOf({ claims, role, trust }: Examination, isApiKey: boolean): Identity {
  const resolved = Object.freeze({ ...claims, role })
  const { sub, exp } = claims
  return Object.freeze({
    kind: 'identity',
    role,
    claims: resolved,
    claimsJson: JSON.stringify(resolved),
    issuer: trust.kind === 'issuer' ? issuerLabel(trust.issuer) : null,
    subject: typeof sub === 'string' ? sub : null,
    via: isApiKey ? 'api-key' : 'token',
    expiresAt: typeof exp === 'number' ? exp : null,
  })
}

/** When a verified token holds, as the time checks would say. */
function validity({ claims: { exp, nbf, iat } }: Examination): {
  readonly notBefore: number
  readonly notAfter: number
} {
  return {
    notAfter: typeof exp === 'number' ? exp + leeway : Number.POSITIVE_INFINITY,
    notBefore: Math.max(typeof nbf === 'number' ? nbf : 0, typeof iat === 'number' ? iat : 0) - leeway,
  }
}
