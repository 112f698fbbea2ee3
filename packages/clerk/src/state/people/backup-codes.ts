// Backup codes: each stands in for a second factor once. Kept as digests; a digest that a migrated user brought is
// bcrypt's, ours are SHA-256 of the code, which is random.

import { timingSafeEqual } from 'node:crypto'

import { verify } from '@node-rs/bcrypt'

import { secretDigest } from '../database/secret-digest.ts'
import type { Store } from '../database/store.ts'

/** Replaces a user's codes; an empty list leaves her none. Codes that are bcrypt digests already are kept as such. */
export async function replaceBackupCodes(store: Store, userId: string, codes: readonly string[]): Promise<void> {
  await deleteBackupCodes(store, userId)
  const digests = codes.map((code) => (isBcrypt(code) ? Buffer.from(code) : secretDigest(code)))
  await store.db.query(
    `insert into clerk.backup_codes (instance_id, user_id, code_digest, created_at)
     select $1, $2, digest, $4 from unnest($3::bytea[]) as digest on conflict do nothing`,
    [store.instanceId, userId, digests, store.now()],
  )
}

/** Deletes a user's codes. */
export async function deleteBackupCodes(store: Store, userId: string): Promise<void> {
  await store.db.query('delete from clerk.backup_codes where instance_id = $1 and user_id = $2', [
    store.instanceId,
    userId,
  ])
}

/** Uses a code up; false when it is none of the user's. Of two uses at the same time one is false. */
export async function useBackupCode(store: Store, userId: string, code: string): Promise<boolean> {
  const kept = await store.db.query<{ digest: Buffer }>(
    'select code_digest as digest from clerk.backup_codes where instance_id = $1 and user_id = $2',
    [store.instanceId, userId],
  )
  for (const { digest } of kept) {
    if (!(await matches(digest, code))) continue
    const used = await store.db.query(
      'delete from clerk.backup_codes where instance_id = $1 and user_id = $2 and code_digest = $3 returning 1',
      [store.instanceId, userId, digest],
    )
    return used.length > 0
  }
  return false
}

async function matches(digest: Buffer, code: string): Promise<boolean> {
  const text = digest.toString('latin1')
  if (isBcrypt(text)) return verify(code, text)
  const offered = secretDigest(code)
  return offered.length === digest.length && timingSafeEqual(offered, digest)
}

function isBcrypt(text: string): boolean {
  return /^\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}$/.test(text)
}
