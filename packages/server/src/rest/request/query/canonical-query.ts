// One spelling for queries that ask the same: what Content-Location names.

import type { FormPair } from './decode.ts'

const unreserved = /^[A-Za-z0-9\-._~]*$/

function encoded(text: string): string {
  if (unreserved.test(text)) return text
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** The pairs sorted by key (those of one key in their order), encoded but for unreserved characters. Without `?`. */
export function canonicalQuery(pairs: readonly FormPair[]): string {
  return pairs
    .toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([key, value]) => `${encoded(key)}=${encoded(value ?? '')}`)
    .join('&')
}
