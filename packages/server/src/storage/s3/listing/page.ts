// Which part of a listing is asked for, and the place in it where the next part begins.

export interface Page {
  /** Empty for all names. */
  readonly prefix: string
  /** Empty for no folders. */
  readonly delimiter: string
  /** Names from here on, this one included; empty for the beginning. */
  readonly from: string
  readonly limit: number
}

/** The first text that can follow `name`. Postgres holds no U+0000. */
export function afterName(name: string): string {
  return `${name}\u0001`
}

const LAST = 0x10ffff
const SURROGATES = { first: 0xd800, last: 0xdfff }

/**
 * The first text, in the order of bytes, behind all that begin with `beginning`; null where there is none. UTF-8 keeps the
 * order of code points.
 */
export function afterAllBeneath(beginning: string): string | null {
  const points = Array.from(beginning, (character) => character.codePointAt(0) ?? 0)
  while (points.at(-1) === LAST) points.pop()
  const last = points.pop()
  if (last === undefined) return null
  const next = last + 1 === SURROGATES.first ? SURROGATES.last + 1 : last + 1
  return String.fromCodePoint(...points, next)
}

/** Characters; no name has more behind a beginning. */
const LONGEST_NAME = 1024

/** A text behind all names that begin with `beginning`, also where no text is behind all texts that do. */
export function afterNamesBeneath(beginning: string): string {
  return afterAllBeneath(beginning) ?? `${beginning}${String.fromCodePoint(LAST).repeat(LONGEST_NAME)}`
}

/** Where a listing goes on behind a marker, which is a name or, where it ends a folder, all of the folder. */
export function fromMarker(marker: string, { prefix, delimiter }: Pick<Page, 'prefix' | 'delimiter'>): string {
  const isFolder =
    delimiter !== '' && marker.startsWith(prefix) && endOfFolder(marker, prefix, delimiter) === marker.length
  return isFolder ? afterNamesBeneath(marker) : afterName(marker)
}

function endOfFolder(name: string, prefix: string, delimiter: string): number {
  const start = name.indexOf(delimiter, prefix.length)
  return start === -1 ? -1 : start + delimiter.length
}
