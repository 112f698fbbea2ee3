// The files of a folder as objects of a bucket: what is new or changed is uploaded, nothing is removed.

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { StorageDeps } from '../../door/storage-deps.ts'
import { checkObjectKey } from '../../names/object-key.ts'
import { cellsOf } from '../../rows/read-rows.ts'
import { mediaTypeOf } from './media-type-of.ts'
import { etagsIn } from './sql/configured-bucket.ts'
import { type SetUp, trying } from './trying.ts'

type UploadParts = Pick<StorageDeps, 'database' | 'blobs' | 'uploads'>

interface FoundFile {
  readonly path: string
  /** Of the object. */
  readonly name: string
}

/** `path` may be one file, too. Symbolic links are passed over. */
export async function uploadFolder(parts: UploadParts, bucket: string, path: string): Promise<SetUp> {
  const uploaded: string[] = []
  const notices: string[] = []
  const note = (notice: string | null): boolean => notice !== null && notices.push(notice) > 0
  let files: readonly FoundFile[] = []
  note(await trying(`[storage.buckets.${bucket}] objects_path`, async () => void (files = await filesOf(path))))
  const [rows] = files.length === 0 ? [] : await parts.database.asOwner([etagsIn(bucket)])
  const known = new Map(cellsOf(rows).map(({ name, etag }) => [name, etag]))
  for (const file of files) {
    const work = async (): Promise<void> => {
      if (known.get(file.name) === `"${await md5Of(file.path)}"`) return
      await upload(parts, bucket, file)
      uploaded.push(`${bucket}/${file.name}`)
    }
    note(await trying(`${bucket}/${file.name}`, work))
  }
  return { uploaded, notices }
}

async function filesOf(path: string): Promise<readonly FoundFile[]> {
  if ((await lstat(path)).isFile()) return [{ path, name: basename(path) }]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: file, name: relative(path, file).split(sep).join('/') }))
}

async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Of nobody: `owner_id` is null. */
async function upload({ blobs, uploads }: UploadParts, bucket: string, { path, name }: FoundFile): Promise<void> {
  checkObjectKey(name)
  const contentType = mediaTypeOf(name)
  const admitted = await uploads.admitUnasked(null, {
    bucket,
    name,
    contentType,
    cacheControl: 'max-age=3600',
    userMetadata: null,
    upsert: true,
    size: (await lstat(path)).size,
    operation: 'storage.object.upload',
  })
  const bytes = createReadStream(path)
  try {
    const written = await blobs.write(admitted.version, bytes, admitted.limit)
    await uploads.commit(admitted, written, contentType)
  } finally {
    bytes.destroy()
  }
}
