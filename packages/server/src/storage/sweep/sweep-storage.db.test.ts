import { pino } from 'pino'
import { expect, test } from 'vitest'

import type { Blobs, StoredBlob } from '../blobs/blobs.ts'
import { keepSweeping } from './keep-sweeping.ts'
import { openStored, type Stored } from './stored.test-support.ts'
import { type SweepDeps, sweepStorage } from './sweep-storage.ts'

const config = { orphanAge: 3600, uploadExpiry: 7200 }

function depsOf({ database, blobs }: Stored): SweepDeps {
  return { config, database, blobs, now: Date.now }
}

test('bytes that no row names are removed once they are old, and no others', async () => {
  await using stored = await openStored()
  const kept = await stored.object('kept', 'bytes')
  const young = await stored.blob('on its way', 10)
  await stored.blob('forgotten', 4000)
  expect(await sweepStorage(depsOf(stored))).toEqual({ orphans: 1, left: 0, unfinished: 0 })
  expect((await stored.left()).blobs.toSorted()).toEqual([kept, young].toSorted())
})

test('the bytes of an upload under way are not forgotten, however old they are', async () => {
  await using stored = await openStored()
  await stored.object('kept', 'bytes')
  const uploaded = await stored.blob('of an upload', 100_000)
  await stored.made.query(
    `insert into storage.s3_multipart_uploads (id, upload_signature, bucket_id, key, version)
     values ('one', '', 'photos', 'a', '${uploaded}')`,
    'supabase_storage_admin',
  )
  expect(await sweepStorage(depsOf(stored))).toMatchObject({ orphans: 0 })
  expect((await stored.left()).blobs).toContain(uploaded)
})

test('uploads that were begun too long ago are ended', async () => {
  await using stored = await openStored()
  await stored.made.query(
    `insert into storage.s3_multipart_uploads (id, upload_signature, bucket_id, key, version, created_at) values
       ('old', '', 'photos', 'a', 'a', now() - interval '3 hours'), ('new', '', 'photos', 'a', 'b', now())`,
    'supabase_storage_admin',
  )
  await sweepStorage(depsOf(stored))
  const rows = await stored.made.query('select id from storage.s3_multipart_uploads', 'supabase_storage_admin')
  expect(rows).toEqual([{ id: 'new' }])
})

test('a database without any object removes nothing: it may be new, or not theirs', async () => {
  await using stored = await openStored()
  const old = await stored.blob('of another database', 100_000)
  expect(await sweepStorage(depsOf(stored))).toEqual({ orphans: 1, left: 1, unfinished: 0 })
  expect((await stored.left()).blobs).toEqual([old])
})

test('policies that would hide rows from whoever sweeps make it fail rather than remove their bytes', async () => {
  await using stored = await openStored()
  await stored.object('kept', 'bytes')
  await stored.made.query('alter table storage.objects force row level security', 'supabase_storage_admin')
  await expect(sweepStorage(depsOf(stored))).rejects.toMatchObject({ code: 'postgres.error' })
  expect((await stored.left()).blobs).toHaveLength(1)
})

test('two sweeps at once, and blobs that go meanwhile, are no harm', async () => {
  await using stored = await openStored()
  const kept = await stored.object('kept', 'bytes')
  for (let count = 0; count < 30; count += 1) await stored.blob(`forgotten ${count}`, 4000)
  await Promise.all([sweepStorage(depsOf(stored)), sweepStorage(depsOf(stored))])
  expect((await stored.left()).blobs).toEqual([kept])
})

test('a row that comes between the two looks keeps its bytes', async () => {
  await using stored = await openStored()
  await stored.object('kept', 'bytes')
  const late = await stored.blob('late', 4000)
  const blobs: SweepDeps['blobs'] = {
    remove: async (ids) => await stored.blobs.remove(ids),
    sweepUnfinished: async (age) => await stored.blobs.sweepUnfinished(age),
    list: () => listThen(stored.blobs, async () => await stored.row('late', late, 4, 'x')),
  }
  const looked = depsOf(stored)
  await sweepStorage({ ...looked, blobs })
  expect((await stored.left()).blobs).toContain(late)
})

test('a server sweeps when it starts, and has stopped to when it says so', async () => {
  await using stored = await openStored()
  const kept = await stored.object('kept', 'bytes')
  await stored.blob('forgotten', 4000)
  const log = pino({ level: 'silent' })
  const sweeping = keepSweeping({ ...depsOf(stored), log })
  await expect.poll(async () => (await stored.left()).blobs).toEqual([kept])
  await sweeping.stop()
})

/** Does something once all blobs are listed. */
async function* listThen(blobs: Pick<Blobs, 'list'>, then: () => Promise<void>): AsyncGenerator<StoredBlob> {
  yield* blobs.list()
  await then()
}
