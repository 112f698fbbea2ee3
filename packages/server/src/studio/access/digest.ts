// Secrets as Studio remembers them: never themselves, so that nothing that reads its memory can sign in.

import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits, for addresses and cookies. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret. */
export function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

/** In a time that tells nothing of where they differ. Both are digests. */
export function isSame(one: Buffer, other: Buffer): boolean {
  return timingSafeEqual(one, other)
}
