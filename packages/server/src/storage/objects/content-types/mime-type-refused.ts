// What is said to a type that a bucket does not take.

import { Refusal } from '../../../refusal/refusal.ts'

/** `list` is what it takes. */
export function mimeTypeRefused(mimeType: string, list: readonly string[]): Refusal {
  return new Refusal('storage.mime-type-refused', { mimeType }, { fix: `The bucket takes ${list.join(', ')}.` })
}
