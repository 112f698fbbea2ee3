// What an issuer's keys and the last time they were asked for tell, in words.

import type { KeysReport } from '../../../../identity/keys/issuer-keys.ts'

export interface ReportedCheck {
  /** `waiting`: nobody has asked the issuer since the start. */
  readonly state: 'ok' | 'unreachable' | 'bad' | 'waiting'
  /** Where the keys lie, or the address that failed; null for keys in the file. */
  readonly url: string | null
  readonly lastSuccess: string | null
  readonly lastAttempt: string | null
  /** Of the last attempt. */
  readonly error: string | null
}

export interface ReportedKey {
  readonly kid: string | null
  readonly algorithms: readonly string[]
  readonly firstSeen: string
}

/** An issuer that answers something else than keys is `bad`; one that does not answer, or fails, is `unreachable`. */
export function reportCheck({ url, fetchedAt, attemptedAt, failure }: KeysReport): ReportedCheck {
  const last = { url, lastSuccess: iso(fetchedAt), lastAttempt: iso(attemptedAt) }
  if (failure === null) return { state: fetchedAt === null ? 'waiting' : 'ok', ...last, error: null }
  const answered = failure.status !== null && failure.status < 500
  const error = answered
    ? `${failure.url} answers, but ${said(failure.message)}`
    : `${failure.url} cannot be reached: ${inWords(failure.message)}`
  const stale = fetchedAt === null ? '' : ' The keys known from before stay trusted.'
  return { state: answered ? 'bad' : 'unreachable', ...last, error: `${error}.${stale}` }
}

/** The keys that tokens of an issuer are verified with. */
export function reportKeys({ keys }: KeysReport): readonly ReportedKey[] {
  return keys.map(({ keyId, algorithms, firstSeen }) => ({ kid: keyId, algorithms, firstSeen: iso(firstSeen) ?? '' }))
}

/** Unix seconds as ISO 8601. */
export function iso(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString()
}

const causes: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND/, 'nobody knows this name'],
  [/EAI_AGAIN/, 'names cannot be looked up at present'],
  [/ECONNREFUSED|bad port/, 'nothing listens there'],
  [/ECONNRESET|other side closed/, 'the connection was broken off'],
  [/certificate|CERT_/i, 'its certificate is not trusted'],
]

/** What the network said, after what it means. */
function inWords(reason: string): string {
  const words = causes.find(([pattern]) => pattern.test(reason))?.[1]
  return words === undefined ? reason : `${words} (${reason})`
}

function said(reason: string): string {
  return reason.startsWith('HTTP status') ? `with ${reason}` : reason
}
