// A database and a folder of a test's own, with objects in them.

import { hash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { createTestDatabase, type TestDatabase } from '@tenon/testing'

import { openDatabase } from '../../database/pipeline/open-database.ts'
import { storageDatabase, type StorageDatabase } from '../access/storage-database.ts'
import { type BlobId, type Blobs, newBlobId } from '../blobs/blobs.ts'
import { openFiles } from '../blobs/files/open-files.ts'

export interface Stored extends AsyncDisposable {
  readonly made: TestDatabase
  readonly database: StorageDatabase
  readonly blobs: Blobs
  /** An object with its bytes, written some hours ago; its version. */
  object(name: string, bytes: string): Promise<BlobId>
  /** Bytes that no row names, written so many seconds ago. */
  blob(bytes: string, secondsAgo: number): Promise<BlobId>
  /** The row of an object, whatever bytes there are. */
  row(name: string, version: string | null, size: number, eTag: string): Promise<void>
  /** Where the bytes of a blob are. */
  pathOf(id: BlobId): string
  /** Names of all objects, and all blobs. */
  left(): Promise<{ readonly objects: readonly string[]; readonly blobs: readonly string[] }>
}

const HOURS = 10_000

/** With the bucket `photos`. */
export async function openStored(): Promise<Stored> {
  const made = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'tenon-stored-'))
  const blobs = await openFiles(folder)
  const pool = openDatabase({ url: made.url('supabase_storage_admin'), size: 4 })
  const sql = async (text: string): Promise<Record<string, unknown>[]> =>
    await made.query(text, 'supabase_storage_admin')
  await sql(`insert into storage.buckets (id, name) values ('photos', 'photos')`)
  const pathOf = (id: BlobId): string => join(folder, 'blobs', id.slice(0, 2), id)
  const blob: Stored['blob'] = async (bytes, secondsAgo) => {
    const id = newBlobId()
    await blobs.write(id, Readable.from([Buffer.from(bytes)]), 1000)
    const written = new Date(Date.now() - secondsAgo * 1000)
    await utimes(pathOf(id), written, written)
    return id
  }
  const row: Stored['row'] = async (name, version, size, eTag) => {
    const metadata = JSON.stringify({ size, eTag: `"${eTag}"`, contentLength: size })
    const value = version === null ? 'null' : `'${version}'`
    await sql(`insert into storage.objects (bucket_id, name, version, metadata)
      values ('photos', '${name}', ${value}, '${metadata}')`)
  }
  return {
    made,
    database: storageDatabase(pool),
    blobs,
    blob,
    row,
    pathOf,
    async object(name, bytes) {
      const id = await blob(bytes, HOURS)
      await row(name, id, bytes.length, hash('md5', bytes))
      return id
    },
    async left() {
      const rows = await sql('select name from storage.objects order by name')
      const files = readdirSync(join(folder, 'blobs'), { recursive: true, encoding: 'utf8' })
      return {
        objects: rows.map(({ name }) => String(name)),
        blobs: files.map((file) => file.slice(3)).filter((file) => file !== ''),
      }
    },
    async [Symbol.asyncDispose]() {
      await pool.close()
      await blobs.close()
      await made.drop()
      await rm(folder, { recursive: true })
    },
  }
}
