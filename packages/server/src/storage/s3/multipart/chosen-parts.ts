// Which parts make the object: those the client names, each as it was uploaded.

import { Refusal } from '../../../refusal/refusal.ts'
import type { CompletedPart } from '../../blobs/blobs.ts'

export interface KnownPart extends CompletedPart {
  readonly size: number
}

const LEAST = 5 * 1024 * 1024

/**
 * All of `known`, which is in order, where none is said. Refuses with `storage.part-invalid`, `s3.parts-unordered`,
 * `s3.part-too-small`.
 */
export function chosenParts(
  said: readonly CompletedPart[],
  known: readonly KnownPart[],
): readonly [KnownPart, ...KnownPart[]] {
  if (said.some(({ number }, index) => index > 0 && number <= (said[index - 1]?.number ?? 0)))
    throw new Refusal('s3.parts-unordered', {})
  const byNumber = new Map(known.map((part) => [part.number, part]))
  const chosen = said.length === 0 ? known : said.map((part) => sameAs(part, byNumber.get(part.number)))
  for (const { number, size } of chosen.slice(0, -1))
    if (size < LEAST) throw new Refusal('s3.part-too-small', { part: number, size, least: LEAST })
  const [first, ...rest] = chosen
  if (first === undefined) throw new Refusal('storage.part-invalid', { number: 1 })
  return [first, ...rest]
}

function sameAs({ number, etag }: CompletedPart, known: KnownPart | undefined): KnownPart {
  if (known?.etag !== etag) throw new Refusal('storage.part-invalid', { number })
  return known
}
