// The keys of one issuer over time: fetched when first needed, refreshed behind the caller's back when old,
// refetched at once for an unknown key id, and kept when the issuer cannot be reached.

import { Refusal } from '../../refusal/refusal.ts'
import type { IdentityLog } from '../identity-log.ts'
import { issuerLabel, type Issuer } from '../issuers/issuer.ts'
import type { Fetch } from './fetch-json.ts'
import { FetchFailure } from './fetch-json.ts'
import { type FirstSeen, firstSeenOf, materialOf } from './first-seen.ts'
import { loadKeys, type LoadedKeys } from './load-keys.ts'
import type { KeyStore } from './stored-keys.ts'
import type { VerificationKey } from './verification-key.ts'

/** What the keys of an issuer need of the outside. */
export interface IssuerKeysDeps {
  readonly fetch: Fetch
  /** Unix seconds. */
  readonly now: () => number
  readonly store: KeyStore
  readonly log: IdentityLog
  /** Called when a set arrives that lacks a key of the one before: nothing verified with it may live on. */
  readonly onKeysDropped: () => void
}

export interface IssuerKeys {
  /** What is known now, without asking anyone. */
  known(): readonly VerificationKey[]
  /**
   * The keys a token with this key id is to be tried against, after a fetch if they are missing, or if the key id
   * is and the cool-down allows. Refuses with `token.keys-unavailable` when there is no set, fresh or stale.
   */
  demand(keyId: string | null): Promise<readonly VerificationKey[]>
  /** Reads the stored set, then asks the issuer. Never rejects, and nobody needs to wait for it. */
  warmUp(): Promise<void>
  /** Asks the issuer if the set is older than 10 minutes. Never rejects. */
  refreshIfStale(): Promise<void>
  /** Asks the issuer now, whatever the cool-down. Never rejects: `report` says what came of it. */
  check(): Promise<void>
  /** Seconds since the set was fetched; null without one. */
  age(): number | null
  /** All of it for people to read. */
  report(): KeysReport
}

/** What is known of an issuer's keys. Times in Unix seconds. */
export interface KeysReport {
  /** Where the keys lie, as far as is known; null for keys that the configuration holds. */
  readonly url: string | null
  readonly keys: readonly {
    readonly keyId: string | null
    readonly algorithms: readonly string[]
    readonly firstSeen: number
  }[]
  /** Null without a set, fetched or stored. */
  readonly fetchedAt: number | null
  /** Null where nobody was asked since the start. */
  readonly attemptedAt: number | null
  /** Of the last attempt. */
  readonly failure: FetchFailure | null
}

const maximumAge = 600

interface KeyState {
  loaded: LoadedKeys | null
  firstSeen: FirstSeen
  fetchedAt: number
  attemptedAt: number
  failures: number
  failure: FetchFailure | null
  inFlight: Promise<void> | null
  storeRead: Promise<void> | null
}

/** Watches over one issuer's keys. Nothing is fetched before the first call. */
export function createIssuerKeys(issuer: Issuer, deps: IssuerKeysDeps): IssuerKeys {
  const state: KeyState = {
    loaded: null,
    firstSeen: new Map(),
    fetchedAt: 0,
    attemptedAt: Number.NEGATIVE_INFINITY,
    failures: 0,
    failure: null,
    inFlight: null,
    storeRead: null,
  }
  const keys: IssuerKeys = {
    known: () => state.loaded?.keys ?? [],
    age: () => (state.loaded === null ? null : Math.max(0, deps.now() - state.fetchedAt)),
    async warmUp() {
      await readStored(issuer, state, deps)
      await keys.refreshIfStale()
    },
    async refreshIfStale() {
      if (state.loaded !== null && (issuer.keys.kind === 'inline' || deps.now() - state.fetchedAt < maximumAge)) return
      if (state.inFlight !== null || mayAsk(issuer, state, deps.now())) await refresh(issuer, state, deps)
    },
    check: () => refresh(issuer, state, deps),
    report: () => reportOf(issuer, state),
    async demand(keyId) {
      if (state.loaded === null) await readStored(issuer, state, deps)
      const missing = state.loaded === null || (keyId !== null && !holds(state.loaded.keys, keyId))
      if (missing && (state.inFlight !== null || mayAsk(issuer, state, deps.now()))) await refresh(issuer, state, deps)
      else if (!missing) void keys.refreshIfStale()
      if (state.loaded === null) throw unavailable(issuer, state, deps.now())
      return state.loaded.keys
    },
  }
  return keys
}

function holds(keys: readonly VerificationKey[], keyId: string): boolean {
  return keys.some((key) => key.keyId === keyId)
}

/** With no set at all the pause grows from one second, so that an issuer started a moment later is soon found. */
function pause(issuer: Issuer, state: KeyState): number {
  return state.loaded === null ? Math.min(issuer.cooldown, 2 ** Math.max(0, state.failures - 1)) : issuer.cooldown
}

function mayAsk(issuer: Issuer, state: KeyState, now: number): boolean {
  return now - state.attemptedAt >= pause(issuer, state)
}

function readStored(issuer: Issuer, state: KeyState, deps: IssuerKeysDeps): Promise<void> {
  state.storeRead ??= takeStored(issuer, state, deps)
  return state.storeRead
}

async function takeStored(issuer: Issuer, state: KeyState, deps: IssuerKeysDeps): Promise<void> {
  if (issuer.keys.kind === 'inline') return
  const stored = await deps.store.read(issuer)
  if (stored === null || state.loaded !== null) return
  state.loaded = stored.loaded
  state.firstSeen = stored.firstSeen
  state.fetchedAt = stored.fetchedAt
}

function reportOf(
  { keys: origin }: Issuer,
  { loaded, firstSeen, fetchedAt, attemptedAt, failure }: KeyState,
): KeysReport {
  const jwks = loaded?.jwks ?? []
  const keys = (loaded?.keys ?? []).map(({ keyId, algorithms }, index) => ({
    keyId,
    algorithms,
    firstSeen: firstSeen.get(materialOf(jwks[index] ?? {})) ?? fetchedAt,
  }))
  return {
    url: origin.kind === 'inline' ? null : (failure?.url ?? loaded?.url ?? origin.url),
    keys,
    fetchedAt: loaded === null ? null : fetchedAt,
    attemptedAt: Number.isFinite(attemptedAt) ? attemptedAt : null,
    failure,
  }
}

function refresh(issuer: Issuer, state: KeyState, deps: IssuerKeysDeps): Promise<void> {
  state.inFlight ??= fetchOnce(issuer, state, deps).finally(() => {
    state.inFlight = null
  })
  return state.inFlight
}

async function fetchOnce(issuer: Issuer, state: KeyState, deps: IssuerKeysDeps): Promise<void> {
  state.attemptedAt = deps.now()
  try {
    const loaded = await loadKeys(issuer.keys, deps.fetch)
    const before = state.loaded
    state.loaded = loaded
    state.fetchedAt = deps.now()
    state.firstSeen = firstSeenOf(loaded.jwks, state.firstSeen, state.fetchedAt)
    state.failures = 0
    state.failure = null
    if (before !== null && dropsKey(before, loaded)) deps.onKeysDropped()
    const { fetchedAt, firstSeen } = state
    if (issuer.keys.kind !== 'inline') await deps.store.write(issuer, { fetchedAt, firstSeen, loaded })
  } catch (thrown) {
    if (!(thrown instanceof FetchFailure)) throw thrown
    state.failures += 1
    state.failure = thrown
    const stale = state.loaded !== null
    deps.log.warn(
      { issuer: issuerLabel(issuer), url: thrown.url, reason: thrown.message, stale },
      'issuer keys not fetched',
    )
  }
}

/** True where a key of the old set is gone or is another key under the same id. */
function dropsKey(before: LoadedKeys, after: LoadedKeys): boolean {
  const kept = new Set(after.jwks.map((jwk) => materialOf(jwk)))
  return before.jwks.some((jwk) => !kept.has(materialOf(jwk)))
}

function unavailable(issuer: Issuer, state: KeyState, now: number): Refusal<'token.keys-unavailable'> {
  const retryAfter = Math.max(1, Math.ceil(state.attemptedAt + pause(issuer, state) - now))
  return new Refusal(
    'token.keys-unavailable',
    {
      issuer: issuerLabel(issuer),
      url: state.failure?.url ?? (issuer.keys.kind === 'inline' ? 'inline' : issuer.keys.url),
      reason: state.failure?.message ?? 'not fetched yet',
      retryAfter,
    },
    {
      fix: `Check that this server can reach the address; [auth.third_party.${issuer.name}] names it.`,
      cause: state.failure ?? undefined,
    },
  )
}
