// Whether a request still wants the object, by what it knows of it (RFC 9110, 13.2.2).

import type { IncomingHttpHeaders } from 'node:http'

/** What an answer says of the object's state. */
export interface Validators {
  /** Quoted. */
  readonly etag: string
  /** Milliseconds since 1970; null where it is not known. */
  readonly lastModified: number | null
}

type Verdict = 'wanted' | 'not-modified' | 'precondition-failed'

/** In the order of the RFC: an entity tag decides before a date does. Dates that cannot be read are as if absent. */
export function judgeConditions(headers: IncomingHttpHeaders, validators: Validators): Verdict {
  const match = headers['if-match']
  if (match !== undefined ? !names(match, validators.etag) : changedSince(headers['if-unmodified-since'], validators)) {
    return 'precondition-failed'
  }
  const noneMatch = headers['if-none-match']
  if (noneMatch !== undefined) return names(noneMatch, validators.etag) ? 'not-modified' : 'wanted'
  return changedSince(headers['if-modified-since'], validators) === false ? 'not-modified' : 'wanted'
}

/** Whether `Range` holds: `If-Range` names the object as it is, or is not there. */
export function rangeHolds(ifRange: string | undefined, validators: Validators): boolean {
  if (ifRange === undefined) return true
  if (ifRange.startsWith('"')) return ifRange.trim() === validators.etag
  return Date.parse(ifRange) === wholeSeconds(validators.lastModified)
}

/** Also without quotes, as some clients send what they have read from `etag` of an object's info. */
function names(list: string, etag: string): boolean {
  const tags = list.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.some((tag) => tag === '*' || tag === etag || `"${tag}"` === etag)
}

/** Null where there is nothing to compare. */
function changedSince(date: string | undefined, { lastModified }: Validators): boolean | null {
  const since = Date.parse(date ?? '')
  const modified = wholeSeconds(lastModified)
  return Number.isNaN(since) || modified === null ? null : modified > since
}

/** A header has no fractions of a second. */
function wholeSeconds(time: number | null): number | null {
  return time === null ? null : Math.floor(time / 1000) * 1000
}
