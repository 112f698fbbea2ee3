// The last good key set of each issuer, kept as one file an issuer so that a server without network can start
// and go on verifying. Public keys only. A file that cannot be read is logged and ignored: the network is asked.

import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { IdentityLog } from '../identity-log.ts'
import type { Issuer } from '../issuers/issuer.ts'
import { type FirstSeen, materialOf } from './first-seen.ts'
import { publicHalf } from './verification-key.ts'
import { usableKeys, type LoadedKeys } from './load-keys.ts'

/** A key set as it was when it was last fetched (Unix seconds), and since when its keys are known. */
export interface StoredKeys {
  readonly fetchedAt: number
  readonly firstSeen: FirstSeen
  readonly loaded: LoadedKeys
}

export interface KeyStore {
  /** What was stored for this issuer and this origin of keys, or null. Never throws. */
  read(issuer: Issuer): Promise<StoredKeys | null>
  /** Replaces what is stored, atomically. Never throws: a full disk must not refuse a token. */
  write(issuer: Issuer, stored: StoredKeys): Promise<void>
}

/** A store that keeps nothing. */
export const forgetfulKeyStore: KeyStore = {
  read: () => Promise.resolve(null),
  write: () => Promise.resolve(),
}

/** Keeps sets as JSON files in `folder`, which is made when first needed. */
export function createKeyStore(folder: string, log: IdentityLog): KeyStore {
  return {
    async read(issuer) {
      const path = join(folder, fileName(issuer))
      try {
        return parseStored(issuer, await readFile(path, 'utf8'))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
          log.warn({ path, error: String(error) }, 'stored issuer keys are unreadable and ignored')
        }
        return null
      }
    },
    async write(issuer, stored) {
      const path = join(folder, fileName(issuer))
      try {
        await mkdir(folder, { recursive: true })
        await writeFile(`${path}.${process.pid}.new`, printStored(issuer, stored))
        await rename(`${path}.${process.pid}.new`, path)
      } catch (error) {
        log.warn({ path, error: String(error) }, 'issuer keys could not be stored')
      }
    },
  }
}

/** Named by issuer and origin, so that a changed address never meets the keys of the old one. */
function fileName(issuer: Issuer): string {
  const origin = issuer.keys.kind === 'inline' ? 'inline' : issuer.keys.url
  const digest = createHash('sha256').update(`${issuer.issuer}\0${issuer.keys.kind}\0${origin}`).digest('hex')
  return `issuer-keys-${digest.slice(0, 24)}.json`
}

function printStored(issuer: Issuer, { fetchedAt, firstSeen, loaded }: StoredKeys): string {
  const keys = loaded.jwks.map((jwk) => {
    const { kid, alg, use } = jwk as Record<string, unknown>
    return { ...publicHalf(jwk as Record<string, unknown>), kid, alg, use, first_seen: firstSeen.get(materialOf(jwk)) }
  })
  return `${JSON.stringify({ issuer: issuer.issuer, url: loaded.url, fetchedAt, keys }, null, 2)}\n`
}

function parseStored(issuer: Issuer, text: string): StoredKeys {
  const stored = JSON.parse(text) as { issuer?: unknown; url?: unknown; fetchedAt?: unknown; keys?: unknown } | null
  if (stored?.issuer !== issuer.issuer || typeof stored.url !== 'string' || typeof stored.fetchedAt !== 'number') {
    throw new Error('not a stored key set of this issuer')
  }
  const loaded = usableKeys(stored.url, stored)
  return { fetchedAt: stored.fetchedAt, firstSeen: seenBefore(loaded.jwks), loaded }
}

/** Sets stored without times leave them to the day they were fetched. */
function seenBefore(jwks: readonly object[]): FirstSeen {
  const timed = jwks.flatMap((jwk) => {
    const { first_seen: at } = jwk as Record<string, unknown>
    return typeof at === 'number' ? [[materialOf(jwk), at] as const] : []
  })
  return new Map(timed)
}
