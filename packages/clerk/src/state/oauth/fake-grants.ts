// What the stand-in providers hand out: codes, access tokens and refresh tokens, each with the person it stands for.

import { randomBytes } from 'node:crypto'

import type { JsonObject } from '../../tokens/json.ts'
import { secretDigest } from '../database/secret-digest.ts'
import type { Store } from '../database/store.ts'

export type FakeGrantKind = 'code' | 'access' | 'refresh'

const prefixes: Readonly<Record<FakeGrantKind, string>> = { code: 'fake_code', access: 'fake_at', refresh: 'fake_rt' }

/** Keeps a grant for so many milliseconds and hands back its secret. */
export async function insertFakeGrant(
  store: Store,
  kind: FakeGrantKind,
  detail: JsonObject,
  lifetime: number,
): Promise<string> {
  const secret = `${prefixes[kind]}_${randomBytes(24).toString('base64url')}`
  const now = store.now()
  await store.db.query('delete from clerk.fake_grants where instance_id = $1 and expires_at <= $2', [
    store.instanceId,
    now,
  ])
  await store.db.query(
    'insert into clerk.fake_grants (instance_id, secret_digest, kind, detail, expires_at) values ($1, $2, $3, $4, $5)',
    [store.instanceId, secretDigest(secret), kind, JSON.stringify(detail), now + lifetime],
  )
  return secret
}

/** The grant of a secret, once; null for one that is unknown, used or too old. */
export async function takeFakeGrant(store: Store, kind: FakeGrantKind, secret: string): Promise<JsonObject | null> {
  const [row] = await store.db.query<{ detail: JsonObject }>(
    `delete from clerk.fake_grants where instance_id = $1 and secret_digest = $2 and kind = $3 and expires_at > $4
     returning detail`,
    [store.instanceId, secretDigest(secret), kind, store.now()],
  )
  return row?.detail ?? null
}

/** The grant of a secret, which stays; null for one that is unknown or too old. */
export async function readFakeGrant(store: Store, kind: FakeGrantKind, secret: string): Promise<JsonObject | null> {
  const [row] = await store.db.query<{ detail: JsonObject }>(
    'select detail from clerk.fake_grants where instance_id = $1 and secret_digest = $2 and kind = $3 and expires_at > $4',
    [store.instanceId, secretDigest(secret), kind, store.now()],
  )
  return row?.detail ?? null
}
