import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { createTestDatabase } from '@tenon/testing'
import { pino } from 'pino'
import { expect, test } from 'vitest'

import { openDatabase } from '../../../database/pipeline/open-database.ts'
import { openSessionLocks } from '../../../database/pool/session-locks.ts'
import type { Caller } from '../../access/caller.ts'
import { storageDatabase } from '../../access/storage-database.ts'
import { newBlobId } from '../../blobs/blobs.ts'
import { openFiles } from '../../blobs/files/open-files.ts'
import { openGrowingFiles } from '../../blobs/files/resumable/open-growing-files.ts'
import { createUploads } from '../../objects/placing/create-uploads.ts'
import { resumableUploads } from '../rows/resumable-uploads.ts'
import { completeUpload } from './complete-upload.ts'

const identity = { role: 'service_role', subject: null, claimsJson: '{"role":"service_role"}' } as Caller['identity']
const caller: Caller = { identity, token: '', method: 'PATCH', path: '/', headersJson: '{}' }

test('an upload that is refused at its end is refused as such, though its bytes cannot be removed', async () => {
  const made = await createTestDatabase()
  const url = made.url('supabase_storage_admin')
  const folder = await mkdtemp(join(tmpdir(), 'tenon-complete-'))
  const [blobs, files] = [await openFiles(folder), await openGrowingFiles(folder)]
  const [pool, locks] = [openDatabase({ url, size: 2 }), openSessionLocks({ url, channel: 'test_complete' })]
  const said: string[] = []
  const log = pino(
    { level: 'warn' },
    { write: (line: string) => void said.push((JSON.parse(line) as { msg: string }).msg) },
  )
  const database = storageDatabase(pool)
  const rows = resumableUploads(database)
  const uploads = createUploads({ config: { fileSizeLimit: 100, uploadExpiry: 3600 }, database, blobs, log })
  const growing = { ...files, abort: async () => await Promise.reject(new Error('nothing can be removed')) }
  try {
    const version = newBlobId()
    const began = { ownerId: null, role: 'service_role', signed: false, upsert: false, size: 5, metadata: {} }
    await rows.begin({ version, bucket: 'gone', name: 'a', ...began })
    await growing.begin(version)
    await growing.append(version, 0, Readable.from([Buffer.from('hello')]))
    const who = { shown: { kind: 'caller', caller }, claims: null } as const
    const completing = completeUpload({ rows, growing, blobs, uploads, locks, log }, who, version)
    await expect(completing).rejects.toMatchObject({ code: 'storage.bucket-not-found' })
    expect(said).toEqual(['bytes without a row could not be removed; they will be swept'])
  } finally {
    for (const part of [locks, pool, files, blobs]) await part.close()
    await made.drop()
    await rm(folder, { recursive: true })
  }
})
