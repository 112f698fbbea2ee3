import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import * as fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Refusal } from '../../../refusal/refusal.ts'
import { type OpenDatabase, openDatabase } from '../../../database/pipeline/open-database.ts'
import type { Caller } from '../../access/caller.ts'
import { storageDatabase } from '../../access/storage-database.ts'
import type { BlobId, Blobs } from '../../blobs/blobs.ts'
import { openFiles } from '../../blobs/files/open-files.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import type { AdmittedUpload, Uploads, WantedUpload } from '../uploads.ts'
import { createUploads } from './create-uploads.ts'

const log = pino({ level: 'silent' })
let database: TestDatabase
let pool: OpenDatabase
let folder: string
let blobs: Blobs
let uploads: Uploads

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openDatabase({ url: database.url('supabase_storage_admin'), size: 6 })
  folder = await mkdtemp(join(tmpdir(), 'tenon-uploads-'))
  blobs = await openFiles(folder)
  const config = { fileSizeLimit: 1000, uploadExpiry: 3600 }
  uploads = createUploads({ config, database: storageDatabase(pool), blobs, log })
  await database.query(
    `
    insert into storage.buckets (id, name, file_size_limit, quota) values
      ('open', 'open', null, null), ('small', 'small', 10, null), ('bounded', 'bounded', null, 100),
      ('other', 'other', null, 100), ('doomed', 'doomed', null, null), ('drop', 'drop', null, null);
    create policy drop_only on storage.objects for insert to authenticated
      with check (bucket_id = 'drop' and name not like 'secret/%');
    create policy shown on storage.objects for select to authenticated using (bucket_id = 'drop' and name like 'shown/%');
    create policy own on storage.objects for all to authenticated using (bucket_id = 'open' and owner_id = auth.jwt()->>'sub')
      with check (bucket_id = 'open' and owner_id = auth.jwt()->>'sub')`,
    'supabase_storage_admin',
  )
})
afterAll(async () => {
  await pool.close()
  await blobs.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

function wanted(bucket: string, name: string, more: Partial<WantedUpload> = {}): WantedUpload {
  return {
    bucket,
    name,
    contentType: 'text/plain',
    cacheControl: 'no-cache',
    userMetadata: null,
    upsert: false,
    size: null,
    operation: 'storage.object.upload',
    ...more,
  }
}

function person(subject: string): Caller {
  const claims = { sub: subject, role: 'authenticated' }
  const identity = { role: 'authenticated', subject, claims, claimsJson: JSON.stringify(claims) }
  const request = { token: '', method: 'POST', path: '/', headersJson: '{}' }
  return { identity: identity as unknown as Caller['identity'], ...request }
}

/** Whom all policies let pass. */
const server: Caller = {
  ...person(''),
  identity: { role: 'service_role', subject: null, claimsJson: '{}' } as unknown as Caller['identity'],
}

async function put(admitted: AdmittedUpload, text: string): Promise<ObjectRow> {
  const written = await blobs.write(admitted.version, Readable.from([Buffer.from(text)]), admitted.limit)
  return await uploads.commit(admitted, written, 'text/plain')
}

async function upload(bucket: string, name: string, text: string, upsert = false): Promise<ObjectRow> {
  return await put(await uploads.admitUnasked('somebody', wanted(bucket, name, { upsert, size: text.length })), text)
}

/** The versions that rows name, and those that there are bytes of. */
async function versions(): Promise<{ readonly rows: readonly unknown[]; readonly bytes: readonly unknown[] }> {
  const rows = await database.query('select version from storage.objects order by version', 'supabase_storage_admin')
  const bytes: string[] = []
  for await (const blob of blobs.list()) bytes.push(blob.id)
  return { rows: rows.map((row) => row['version']), bytes: bytes.sort() }
}

async function usage(bucket: string): Promise<Record<string, unknown> | undefined> {
  const text = `
    select bytes, (select coalesce(sum((metadata->>'size')::bigint), 0) from storage.objects where objects.bucket_id = buckets.id) as held
    from storage.buckets left join storage.bucket_usage on bucket_usage.bucket_id = buckets.id where buckets.id = '${bucket}'`
  return (await database.query(text, 'supabase_storage_admin'))[0]
}

test('of uploads of one name at the same time each takes the place of the one before, and one version stays', async () => {
  const admitted = await Promise.all(
    Array.from({ length: 8 }, () => uploads.admitUnasked(null, wanted('open', 'race', { upsert: true }))),
  )
  await Promise.all(admitted.map((each, index) => put(each, `${index}`)))
  const { rows, bytes } = await versions()
  expect(bytes).toEqual(rows)
  expect(await database.query(`select count(*) from storage.objects where name = 'race'`, 'supabase_admin')).toEqual([
    { count: '1' },
  ])
})

test('of plain uploads of one name at the same time the first stays, and the others leave no bytes', async () => {
  const admitted = await Promise.all(
    Array.from({ length: 5 }, () => uploads.admitUnasked(null, wanted('open', 'first'))),
  )
  const ended = await Promise.allSettled(admitted.map((each, index) => put(each, `${index}`)))
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const refused = ended.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Refusal).code] : []))
  expect(new Set(refused)).toEqual(new Set(['storage.object-exists']))
  const { rows, bytes } = await versions()
  expect(bytes).toEqual(rows)
})

test('an upload that is placed once more, because nobody heard of the first time, keeps its bytes', async () => {
  const admitted = await uploads.admitUnasked(null, wanted('open', 'again', { upsert: true }))
  const written = await blobs.write(admitted.version, Readable.from([Buffer.from('kept')]), admitted.limit)
  await uploads.commit(admitted, written, 'text/plain')
  await uploads.commit(admitted, written, 'text/plain')
  expect(await blobs.stat(admitted.version)).toMatchObject({ size: 4 })
})

test('bytes that a second row names stay when the object is replaced', async () => {
  const { version } = await upload('open', 'twice', 'kept')
  await database.query(
    `insert into storage.objects (bucket_id, name, version) values ('other', 'copied by SQL', '${version}')`,
    'supabase_storage_admin',
  )
  await upload('open', 'twice', 'newer', true)
  expect(await blobs.stat(version as BlobId)).toMatchObject({ size: 4 })
})

test('an upload whose bucket is deleted meanwhile is refused and leaves no bytes', async () => {
  const admitted = await uploads.admitUnasked(null, wanted('doomed', 'late'))
  await pool.run({
    kind: 'transaction',
    role: 'none',
    settings: [['storage.allow_delete_query', 'true']],
    readOnly: false,
    statements: [{ kind: 'statement', text: `delete from storage.buckets where id = 'doomed'` as never, values: [] }],
    end: 'commit',
  })
  await expect(put(admitted, 'x')).rejects.toMatchObject({ code: 'storage.bucket-not-found' })
  const { rows, bytes } = await versions()
  expect(bytes).toEqual(rows)
})

test('who may only insert uploads without being able to read, and may not replace', async () => {
  const admitted = await uploads.admit(person('ann'), wanted('drop', 'letter'))
  expect(await put(admitted, 'hello')).toMatchObject({ ownerId: 'ann', name: 'letter' })
  await expect(uploads.admit(person('ann'), wanted('drop', 'letter'))).rejects.toMatchObject({
    code: 'storage.object-exists',
  })
  await expect(uploads.admit(person('ann'), wanted('drop', 'letter', { upsert: true }))).rejects.toMatchObject({
    code: 'postgres.error',
    detail: { sqlstate: '42501' },
  })
})

test('whom the policies refuse is not told whether the object is there', async () => {
  await upload('drop', 'secret/one', 'x')
  for (const name of ['secret/one', 'secret/two'])
    await expect(uploads.admit(person('ann'), wanted('drop', name))).rejects.toMatchObject({
      code: 'postgres.error',
      detail: { sqlstate: '42501' },
    })
})

test('what came to a free name meanwhile is replaced by nobody whom the policies would not let', async () => {
  const ann = wanted('drop', 'shown/hers', { upsert: true })
  const admitted = await uploads.admit(person('ann'), ann)
  const { version } = await upload('drop', 'shown/hers', 'of somebody else')
  await expect(put(admitted, 'of ann')).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
  expect(await blobs.stat(admitted.version)).toBeNull()
  expect(
    await database.query(`select version from storage.objects where name = 'shown/hers'`, 'supabase_admin'),
  ).toEqual([{ version }])
})

test('what came to the place of an object that might have been replaced is asked about again', async () => {
  const own = wanted('open', 'moved', { upsert: true })
  await put(await uploads.admit(person('ann'), own), '1')
  const admitted = await uploads.admit(person('ann'), own)
  await database.query(`update storage.objects set name = 'elsewhere' where name = 'moved'`, 'supabase_admin')
  await put(await uploads.admit(person('bob'), own), 'of bob')
  await expect(put(admitted, '2')).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
})

test('of uploads of one caller to a free name at the same time all succeed, and the last one stays', async () => {
  const own = wanted('open', 'parallel', { upsert: true })
  const admitted = await Promise.all(Array.from({ length: 6 }, () => uploads.admit(person('ann'), own)))
  const rows = await Promise.all(admitted.map((each, index) => put(each, `${index}`)))
  expect(new Set(rows.map(({ id }) => id)).size).toBe(1)
  const kept = await Promise.all(admitted.map(async (each) => await blobs.stat(each.version)))
  expect(kept.filter((blob) => blob !== null)).toHaveLength(1)
})

test('a token replaces what was there when it was signed and what it put there, and nothing else', async () => {
  const signed = wanted('open', 'signed', { upsert: true })
  const object = crypto.randomUUID()
  const early = await uploads.admitUnasked('ann', signed, object)
  expect(await put(await uploads.admitUnasked('ann', signed, object), '1')).toMatchObject({ id: object })
  expect(await put(early, '2')).toMatchObject({ id: object })
  const other = crypto.randomUUID()
  await expect(uploads.admitUnasked('ann', signed, other)).rejects.toMatchObject({ code: 'storage.object-exists' })
  const free = await uploads.admitUnasked('ann', wanted('open', 'signed early', { upsert: true }), other)
  await upload('open', 'signed early', 'of somebody else')
  await expect(put(free, '3')).rejects.toMatchObject({ code: 'storage.object-exists' })
})

test('an owner replaces her own object and nobody else does', async () => {
  const own = wanted('open', 'hers', { upsert: true, userMetadata: { a: 1 } })
  const first = await put(await uploads.admit(person('ann'), own), '1')
  expect(await put(await uploads.admit(person('ann'), own), '2')).toMatchObject({
    id: first.id,
    userMetadata: { a: 1 },
  })
  await expect(uploads.admit(person('bob'), own)).rejects.toMatchObject({ detail: { sqlstate: '42501' } })
})

test('whom the policies refuse is told of no limit and of no size', async () => {
  await upload('small', 'hidden', '12345', true)
  for (const [bucket, name, more] of [
    ['small', 'hidden', { size: 11 }],
    ['bounded', 'x', { size: 101, upsert: true }],
    ['drop', 'secret/x', { size: 1001 }],
  ] as const)
    await expect(uploads.admit(person('eve'), wanted(bucket, name, more))).rejects.toMatchObject({
      detail: { sqlstate: '42501' },
    })
})

test.each([
  ['a bucket that is not there', wanted('none', 'x'), 'storage.bucket-not-found'],
  ['more than the bucket takes', wanted('small', 'x', { size: 11 }), 'storage.too-large'],
  ['more than the project takes', wanted('open', 'x', { size: 1001 }), 'storage.too-large'],
  ['more than the quota leaves', wanted('bounded', 'x', { size: 101 }), 'storage.quota-reached'],
  [
    'more metadata than is kept',
    wanted('open', 'x', { userMetadata: { a: 'x'.repeat(65_536) } }),
    'storage.metadata-too-large',
  ],
  ['a placeholder that holds something', wanted('open', 'a/.emptyFolderPlaceholder', { size: 1 }), 'storage.too-large'],
])('%s is refused before a byte is read', async (_what, each, code) => {
  await expect(uploads.admitUnasked(null, each)).rejects.toMatchObject({ code })
  await expect(uploads.admit(server, each)).rejects.toMatchObject({ code })
})

test('metadata that Postgres cannot hold is refused as a request', async () => {
  const bad = wanted('open', 'nul', { userMetadata: { a: '\0' } })
  await expect(uploads.admit(person('ann'), bad)).rejects.toMatchObject({ code: 'storage.request-invalid' })
})

test('uploads that fill the rest of a quota together are decided one after the other', async () => {
  await upload('bounded', 'base', 'x'.repeat(70))
  const admitted = await Promise.all(
    ['a', 'b', 'c'].map((name) => uploads.admitUnasked(null, wanted('bounded', name, { size: 20 }))),
  )
  const ended = await Promise.allSettled(admitted.map((each) => put(each, 'y'.repeat(20))))
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(ended.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'storage.quota-reached' } })
  expect(await usage('bounded')).toEqual({ bytes: '90', held: '90' })
  expect(await upload('bounded', 'base', 'z'.repeat(80), true)).toMatchObject({ name: 'base' })
  const { rows, bytes } = await versions()
  expect(bytes).toEqual(rows)
})

test('what is there when a bucket gets its quota counts, and a quota that is lifted counts no more', async () => {
  await upload('open', 'before', 'x'.repeat(30))
  const held = (await usage('open'))?.['held']
  await database.query(`update storage.buckets set quota = 1000 where id = 'open'`, 'supabase_storage_admin')
  expect(await usage('open')).toEqual({ bytes: held, held })
  await database.query(`update storage.buckets set quota = null where id = 'open'`, 'supabase_storage_admin')
  expect(await usage('open')).toEqual({ bytes: null, held })
})

type Step =
  | {
      readonly kind: 'upload'
      readonly bucket: string
      readonly name: string
      readonly size: number
      readonly upsert: boolean
    }
  | { readonly kind: 'delete'; readonly bucket: string; readonly name: string }
  | { readonly kind: 'move'; readonly bucket: string; readonly name: string; readonly to: string }

const bucket = fc.constantFrom('bounded', 'other')
const name = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant('upload' as const),
      bucket,
      name,
      size: fc.nat(60),
      upsert: fc.boolean(),
    }),
    weight: 4,
  },
  { arbitrary: fc.record({ kind: fc.constant('delete' as const), bucket, name }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant('move' as const), bucket, name, to: bucket }), weight: 1 },
)

async function take(each: Step): Promise<void> {
  if (each.kind === 'upload') {
    await upload(each.bucket, each.name, 'x'.repeat(each.size), each.upsert)
    return
  }
  const change =
    each.kind === 'delete'
      ? `delete from storage.objects where bucket_id = '${each.bucket}' and name = '${each.name}'`
      : `update storage.objects set bucket_id = '${each.to}' where bucket_id = '${each.bucket}' and name = '${each.name}'`
  await database.query(
    `begin; set local storage.allow_delete_query = 'true'; ${change}; commit`,
    'supabase_storage_admin',
  )
}

test('whatever is uploaded, moved and deleted at the same time, no quota is exceeded and every sum is right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
      await Promise.allSettled(steps.map(take))
      for (const id of ['bounded', 'other']) {
        const { bytes, held } = (await usage(id)) ?? {}
        expect(bytes).toBe(held)
        expect(Number(bytes)).toBeLessThanOrEqual(100)
      }
    }),
    { numRuns: 25 },
  )
})
