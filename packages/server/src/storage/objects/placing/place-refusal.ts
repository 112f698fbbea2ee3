// What Postgres refuses of an object's new place, as Storage says it.

import { isRefusal, Refusal } from '../../../refusal/refusal.ts'
import type { Place } from '../sql/read-object.ts'
import { objectExists, quotaReached } from './admit-by-limits.ts'

/** Raised by the triggers that count what is in a bucket; the detail is its quota. */
const QUOTA_REACHED = 'TS001'
const UNIQUE_VIOLATION = '23505'
const FOREIGN_KEY_VIOLATION = '23503'
const UNTRANSLATABLE = '22P05'

/** The error itself where there is nothing better to say. */
export function placeRefusal(error: unknown, place: Place): unknown {
  if (!isRefusal(error) || error.code !== 'postgres.error') return error
  switch (error.detail.sqlstate) {
    case UNIQUE_VIOLATION:
      return objectExists(place)
    case FOREIGN_KEY_VIOLATION:
      return new Refusal('storage.bucket-not-found', { bucket: place.bucket }, { cause: error })
    case QUOTA_REACHED:
      return quotaReached(place.bucket, Number(error.detail.detail))
    case UNTRANSLATABLE:
      return new Refusal(
        'storage.request-invalid',
        { reason: 'user_metadata must not contain \\u0000' },
        { cause: error },
      )
    default:
      return error
  }
}
