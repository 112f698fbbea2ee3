// What is said where an upload in parts is refused and what it left cannot be removed either.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { Refusal } from '../../../refusal/refusal.ts'
import type { Blobs } from '../../blobs/blobs.ts'
import { openProcess } from './test-process.test-support.ts'

const LEFT = 'bytes without a row could not be removed; they will be swept'

let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'tenon-s3-left-'))
  await asOwner(
    `insert into storage.buckets (id, name, allowed_mime_types) values ('b', 'b', null), ('images', 'images', '{image/*}')`,
  )
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

async function asOwner(text: string): Promise<void> {
  await database.query(text, 'supabase_storage_admin')
}

/** Lets Postgres refuse what comes to the rows of uploads, and not to be undone by what follows. */
async function refuseRows(when: string): Promise<AsyncDisposable> {
  await asOwner(`
    create function storage.refuse() returns trigger language plpgsql as
      $$ begin raise exception 'refused' using errcode = '42501'; end $$;
    create trigger refuse before ${when} execute function storage.refuse()`)
  return { [Symbol.asyncDispose]: async () => await asOwner('drop function storage.refuse cascade') }
}

const broken = async (): Promise<never> => await Promise.reject(new Error('nothing can be removed'))
const keepsAll = (files: Blobs): Blobs => ({ ...files, remove: broken, parts: { ...files.parts, abort: broken } })
const fails = async (): Promise<never> =>
  await Promise.reject(new Refusal('storage.bytes-unavailable', { reason: 'The disk with the bytes fails' }))
const takesNothing = (files: Blobs): Blobs => ({ ...files, parts: { ...files.parts, write: fails } })

test('an upload that Postgres does not begin is refused as Postgres does it', async () => {
  await using _ = await refuseRows('insert on storage.s3_multipart_uploads for each row')
  await using door = await openProcess(database, folder, keepsAll)
  const begun = door.client.send(new CreateMultipartUploadCommand({ Bucket: 'b', Key: 'a' }))
  await expect(begun).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } })
  expect(door.said).toEqual([LEFT])
})

test('a part whose bytes find no place is refused as such', async () => {
  await using door = await openProcess(database, folder, takesNothing)
  const { UploadId } = await door.client.send(new CreateMultipartUploadCommand({ Bucket: 'b', Key: 'a' }))
  await using _ = await refuseRows(
    'update on storage.s3_multipart_uploads for each row when (new.in_progress_size < old.in_progress_size)',
  )
  const sent = door.client.send(
    new UploadPartCommand({ Bucket: 'b', Key: 'a', UploadId, PartNumber: 1, Body: 'hello' }),
  )
  await expect(sent).rejects.toMatchObject({ message: 'The disk with the bytes fails' })
  expect(door.said).toHaveLength(1)
})

test('what a bucket does not take is refused as such', async () => {
  await using door = await openProcess(database, folder, keepsAll)
  const object = { Bucket: 'images', Key: 'a.png' }
  const { UploadId } = await door.client.send(new CreateMultipartUploadCommand({ ...object, ContentType: 'image/png' }))
  const part = new UploadPartCommand({ ...object, UploadId, PartNumber: 1, Body: '<!doctype html><script>1</script>' })
  const { ETag } = await door.client.send(part)
  const Parts = [{ PartNumber: 1, ETag }]
  const completed = door.client.send(
    new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts } }),
  )
  await expect(completed).rejects.toMatchObject({ name: 'InvalidMimeType' })
  expect(door.said).toEqual([LEFT])
})

test('an upload is aborted, though its parts stay', async () => {
  await using door = await openProcess(database, folder, keepsAll)
  const { UploadId } = await door.client.send(new CreateMultipartUploadCommand({ Bucket: 'b', Key: 'a' }))
  const abort = new AbortMultipartUploadCommand({ Bucket: 'b', Key: 'a', UploadId })
  expect((await door.client.send(abort)).$metadata.httpStatusCode).toBe(204)
  expect(door.said).toEqual([LEFT])
})
