// Remembers verified tokens until they expire, so that a session's requests pay for one signature only.
// Keyed by SHA-256 digest: the heap then holds no credential anyone could use, and an entry's size does not
// depend on the caller. Times are looked at again on every hit.

import { hash } from 'node:crypto'

/** A verified value and when it holds (Unix seconds, leeway included). */
export interface CacheEntry<Value> {
  readonly value: Value
  readonly notBefore: number
  readonly notAfter: number
}

export interface CacheStats {
  readonly size: number
  readonly hits: number
  readonly misses: number
  readonly evictions: number
}

export interface VerifiedCache<Value> {
  /** The digest a token is known by. */
  digest(token: string): string
  /** What was verified under this digest, if it still holds now. */
  find(digest: string, now: number): Value | undefined
  /** Keeps an entry, unless the cache was emptied since `generation` was read. */
  keep(digest: string, entry: CacheEntry<Value>, generation: number): void
  /** Changes whenever the cache is emptied. */
  generation(): number
  clear(): void
  stats(): CacheStats
}

interface Slot<Value> extends CacheEntry<Value> {
  /** Found since the last sweep: gets a second chance before it is evicted. */
  visited: boolean
}

/** Holds at most `capacity` entries; the longest unused go first (second chance, which makes a hit a plain lookup). */
export function createVerifiedCache<Value>(capacity: number): VerifiedCache<Value> {
  const slots = new Map<string, Slot<Value>>()
  let generation = 0
  let hits = 0
  let misses = 0
  let evictions = 0

  const evict = (): void => {
    for (const [digest, slot] of slots) {
      slots.delete(digest)
      if (!slot.visited) break
      slot.visited = false
      slots.set(digest, slot)
    }
    evictions += 1
  }

  return {
    digest: (token) => hash('sha256', token, 'binary'),
    find(digest, now) {
      const slot = slots.get(digest)
      if (slot !== undefined && now <= slot.notAfter && now >= slot.notBefore) {
        slot.visited = true
        hits += 1
        return slot.value
      }
      if (slot !== undefined && now > slot.notAfter) slots.delete(digest)
      misses += 1
      return undefined
    },
    keep(digest, entry, since) {
      if (since !== generation || capacity === 0) return
      if (slots.size >= capacity && !slots.has(digest)) evict()
      slots.set(digest, { ...entry, visited: false })
    },
    generation: () => generation,
    clear() {
      generation += 1
      slots.clear()
    },
    stats: () => ({ size: slots.size, hits, misses, evictions }),
  }
}
