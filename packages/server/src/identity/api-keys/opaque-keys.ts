// The second generation of API keys: opaque texts `sb_publishable_…` and `sb_secret_…`. Only their hashes need to
// be stored, and they can be deleted one by one.

import { createHash } from 'node:crypto'

export type OpaqueKind = 'publishable' | 'secret'

/** An opaque key as it is stored: its SHA-256 in hex, never the key. */
export interface StoredKey {
  readonly kind: OpaqueKind
  readonly name: string
  readonly sha256: string
}

/** The fixed pair of every local Supabase project (public knowledge, so never for production). */
export const defaultOpaqueKeys = {
  publishable: 'sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH',
  secret: 'sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz',
} as const

/** Makes a key of 16 random bytes and an 8-character checksum that lets scanners tell a real key from a typo. */
export function mintOpaqueKey(kind: OpaqueKind, random: (size: number) => Uint8Array): string {
  const body = `sb_${kind}_${Buffer.from(random(16)).toString('base64url')}`
  return `${body}_${createHash('sha256').update(body).digest('base64url').slice(0, 8)}`
}

/** What is kept of a key. */
export function storeOpaqueKey(kind: OpaqueKind, name: string, key: string): StoredKey {
  return { kind, name, sha256: createHash('sha256').update(key).digest('hex') }
}

/** True for texts that are meant as opaque keys, known or not. */
export function looksOpaque(text: string): boolean {
  return text.startsWith('sb_')
}

/** The kind an opaque text claims to be; Supabase may add others. */
export function claimedKind(text: string): OpaqueKind {
  return text.startsWith('sb_secret_') ? 'secret' : 'publishable'
}
