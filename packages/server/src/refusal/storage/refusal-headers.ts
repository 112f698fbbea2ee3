// What a refusal of Storage says besides its body, which is the dialect's own.

import type { AnyRefusal } from '../refusal.ts'

/** Seconds after which an image may be asked for again that came while too many were waiting. */
const RETRY_AFTER = '1'

/** By name, in small letters. `explain` adds our own code, and what to change where that is known. */
export function refusalHeaders(refusal: AnyRefusal, explain: boolean): Readonly<Record<string, string>> {
  const { code } = refusal
  return {
    ...(code === 'storage.images-busy' && { 'retry-after': RETRY_AFTER }),
    ...(explain && { 'x-tenon-refusal': code, ...hintHeader(refusal) }),
  }
}

/** The fix, since no dialect of Storage has a place for it in its bodies: visible ASCII, and spaces. */
export function hintHeader({ fix }: Pick<AnyRefusal, 'fix'>): Readonly<Record<string, string>> {
  return fix === undefined ? {} : { 'x-tenon-hint': fix.replaceAll(/[^\u0020-\u007e]/gu, '?') }
}
