// How much may be said of an object: it is kept in its row, and told with every list that shows it.

import { Refusal } from '../../../refusal/refusal.ts'
import type { WantedUpload } from '../uploads.ts'

/** Characters of `contentType`, and of `cacheControl`. */
const LONGEST = 255
/** Bytes of JSON. */
const MOST_BYTES = 64 * 1024
const DEEPEST = 64

type Said = Pick<WantedUpload, 'contentType' | 'cacheControl' | 'userMetadata'>

/** Refuses with `storage.metadata-too-large`. */
export function checkMetadata({ contentType, cacheControl, userMetadata }: Said): void {
  if ((contentType ?? '').length > LONGEST) throw tooLong('content type')
  if (cacheControl.length > LONGEST) throw tooLong('cache control')
  if (userMetadata === null) return
  // Before it is printed, which goes down as deep as it is.
  if (isDeeper(userMetadata, DEEPEST))
    throw tooMuch('The metadata is nested too deeply', `Nest it at most ${DEEPEST} levels deep.`)
  if (Buffer.byteLength(JSON.stringify(userMetadata)) > MOST_BYTES)
    throw tooMuch('The metadata is too large', `Keep at most ${MOST_BYTES} bytes of JSON with an object.`)
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1))
}

function tooLong(what: string): Refusal {
  return tooMuch(`The ${what} is too long`, `A ${what} has at most ${LONGEST} characters.`)
}

function tooMuch(reason: string, fix: string): Refusal {
  return new Refusal('storage.metadata-too-large', { reason }, { fix })
}
