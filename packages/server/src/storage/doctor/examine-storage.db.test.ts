import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { newBlobId } from '../blobs/blobs.ts'
import { openStored, type Stored } from '../sweep/stored.test-support.ts'
import { examineStorage } from './examine-storage.ts'
import type { Examination, Finding } from './finding.ts'

interface Heard extends Examination {
  readonly findings: readonly Finding[]
}

async function examine(
  { database, blobs }: Stored,
  wishes: { readonly deep?: boolean; readonly repair?: boolean } = {},
): Promise<Heard> {
  const findings: Finding[] = []
  const { deep = false, repair = false } = wishes
  const ages = { orphanAge: 3600, uploadExpiry: 0 }
  const examination = await examineStorage(
    { ages, database, blobs, now: Date.now, wishes: { deep, repair } },
    (finding) => findings.push(finding),
  )
  return { ...examination, findings }
}

test('where every object has its bytes and all bytes an object, all is well', async () => {
  await using stored = await openStored()
  for (let count = 0; count < 40; count += 1) await stored.object(`${count}`, `bytes ${count}`)
  expect(await examine(stored, { deep: true })).toEqual({
    objects: 40,
    blobs: 40,
    young: 0,
    found: 0,
    repaired: 0,
    findings: [],
  })
})

test('an object without bytes is found, and its row removed', async () => {
  await using stored = await openStored()
  await stored.object('whole', 'bytes')
  await stored.row('lost', newBlobId(), 5, 'x')
  await stored.row('made-by-sql', null, 5, 'x')
  const findings = ['lost', 'made-by-sql'].map((name) => ({
    kind: 'row-without-bytes',
    object: { bucket: 'photos', name },
  }))
  const first = await examine(stored)
  expect(first).toMatchObject({ found: 2, repaired: 0 })
  expect(first.findings).toEqual(expect.arrayContaining(findings))
  expect(await examine(stored, { repair: true })).toMatchObject({ found: 2, repaired: 2 })
  expect((await stored.left()).objects).toEqual(['whole'])
  expect(await examine(stored)).toMatchObject({ found: 0 })
})

test('bytes without an object are found and removed once they are old', async () => {
  await using stored = await openStored()
  const old = await stored.blob('old', 4000)
  const young = await stored.blob('young', 10)
  expect(await examine(stored)).toMatchObject({
    found: 1,
    young: 1,
    findings: [{ kind: 'bytes-without-row', id: old, size: 3 }],
  })
  await examine(stored, { repair: true })
  expect((await stored.left()).blobs).toEqual([young])
})

test('what a row lacks or says wrongly of whole bytes is found, and it says then what they are', async () => {
  await using stored = await openStored()
  await stored.object('wrong', 'bytes')
  await stored.object('without', 'other')
  await stored.made.query(
    `update storage.objects set metadata = metadata || '{"size": 7}' where name = 'wrong';
     update storage.objects set metadata = null where name = 'without'`,
    'supabase_storage_admin',
  )
  const { findings } = await examine(stored, { repair: true, deep: true })
  expect(findings).toHaveLength(2)
  expect(findings).toEqual(
    expect.arrayContaining([
      { kind: 'size-differs', object: { bucket: 'photos', name: 'wrong' }, told: 7, size: 5 },
      { kind: 'size-differs', object: { bucket: 'photos', name: 'without' }, told: null, size: 5 },
    ]),
  )
  expect(await examine(stored, { deep: true })).toMatchObject({ found: 0 })
})

test('bytes that are not those that were uploaded are found, and the row that says so is left as it is', async () => {
  await using stored = await openStored()
  writeFileSync(stored.pathOf(await stored.object('rotten', 'bytes')), 'bites')
  expect(await examine(stored)).toMatchObject({ found: 0 })
  truncateSync(stored.pathOf(await stored.object('cut', 'bytes')), 2)
  const cut = { kind: 'bytes-damaged', object: { bucket: 'photos', name: 'cut' }, told: 5, size: 2 }
  const rotten = { kind: 'bytes-damaged', object: { bucket: 'photos', name: 'rotten' }, told: 5, size: 5 }
  expect(await examine(stored)).toMatchObject({ found: 1, findings: [cut] })
  const rows = async (): Promise<unknown> =>
    await stored.made.query('select name, metadata from storage.objects order by name', 'supabase_storage_admin')
  const before = await rows()
  const repairing = await examine(stored, { deep: true, repair: true })
  expect(repairing).toMatchObject({ found: 2, repaired: 0 })
  expect(repairing.findings).toEqual(expect.arrayContaining([cut, rotten]))
  expect(await rows()).toEqual(before)
})

test('a resumable upload past its time is told of, and one that made its object is not', async () => {
  await using stored = await openStored()
  const whole = await stored.object('whole', 'bytes')
  await stored.made.query(
    `insert into storage.resumable_uploads (version, bucket_id, name, role, signed, upsert, metadata, created_at)
     select version::uuid, 'photos', name, 'anon', false, false, '{}', '2020-01-02T03:04:05Z'
     from (values (gen_random_uuid()::text, 'slow'), ('${whole}', 'whole')) as begun (version, name)`,
    'supabase_storage_admin',
  )
  const began = '2020-01-02 03:04 UTC'
  expect((await examine(stored)).findings).toEqual([
    { kind: 'upload-expired', object: { bucket: 'photos', name: 'slow' }, began },
  ])
})

test('an abandoned upload is found and given up', async () => {
  await using stored = await openStored()
  await stored.object('whole', 'bytes')
  await stored.blobs.parts.begin(newBlobId())
  await expect.poll(async () => (await examine(stored)).findings).toEqual([{ kind: 'uploads-abandoned', count: 1 }])
  await examine(stored, { repair: true })
  expect(await examine(stored)).toMatchObject({ found: 0 })
})

test('a place that has not one of the objects is not believed, and no row is removed', async () => {
  await using stored = await openStored()
  await stored.object('one', 'bytes')
  const id = await stored.object('two', 'bytes')
  // As where another disk is mounted than the one with the bytes.
  const place = join(stored.pathOf(id), '..', '..')
  rmSync(place, { recursive: true })
  mkdirSync(place)
  expect(await examine(stored)).toMatchObject({ found: 2, repaired: 0 })
  await expect(examine(stored, { repair: true })).rejects.toMatchObject({ code: 'storage.bytes-unavailable' })
  expect((await stored.left()).objects).toEqual(['one', 'two'])
})

test('a place that does not answer is an error', async () => {
  await using stored = await openStored()
  const id = await stored.object('one', 'bytes')
  rmSync(join(stored.pathOf(id), '..', '..'), { recursive: true })
  await expect(examine(stored, { repair: true })).rejects.toMatchObject({ code: 'storage.bytes-unavailable' })
})
