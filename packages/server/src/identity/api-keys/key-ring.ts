// The API keys a project accepts, of both generations, and what a shown key turns out to be.

import { hash, timingSafeEqual } from 'node:crypto'
import type { LegacyKeys } from './legacy-keys.ts'
import type { StoredKey } from './opaque-keys.ts'

export type KeyKind = 'publishable' | 'secret' | 'legacy-anon' | 'legacy-service-role'

export interface KeyRing {
  /** What this text is, or null for no key of ours. Compares digests in constant time, with every key. */
  recognise(text: string): KeyKind | null
}

interface KeyRingOptions {
  readonly opaque: readonly StoredKey[]
  /** Null once the legacy keys are disabled. */
  readonly legacy: LegacyKeys | null
}

/** Holds the digests of a project's keys. */
export function createKeyRing({ opaque, legacy }: KeyRingOptions): KeyRing {
  const digests: [Buffer, KeyKind][] = opaque.map(({ sha256, kind }) => [Buffer.from(sha256, 'hex'), kind])
  if (legacy !== null) {
    digests.push([digestOf(legacy.anon), 'legacy-anon'], [digestOf(legacy.serviceRole), 'legacy-service-role'])
  }
  return {
    recognise(text) {
      const shown = digestOf(text)
      let found: KeyKind | null = null
      for (const [digest, kind] of digests) if (timingSafeEqual(digest, shown)) found = kind
      return found
    },
  }
}

function digestOf(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
