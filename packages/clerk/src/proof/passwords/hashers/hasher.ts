// What every way of digesting passwords has to say for itself.

import { timingSafeEqual } from 'node:crypto'

/** One kind of digest. Costs that a digest names are bounded by its form, so that a digest cannot stop the server. */
export interface Hasher {
  /** What its digests look like. */
  readonly form: RegExp
  /** True when the password is the digest's, which has the form. */
  readonly matches: (digest: string, password: string) => Promise<boolean>
}

/** Compares in constant time. */
export function sameBytes(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && one.length > 0 && timingSafeEqual(one, other)
}
