// A disk that takes no more, and a folder that is not what it was: what is refused, and what is left.

import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { type Blobs, type CompletedPart, newBlobId, type PartsToken } from '../blobs.ts'
import { readAll, someBytes, streamOf } from '../contract/bytes.test-support.ts'
import { openFiles } from './open-files.ts'
import { openGrowingFiles } from './resumable/open-growing-files.ts'

const LIMIT = 64 * 1024 * 1024
const CHILD = fileURLToPath(new URL('write-beyond.test-support.ts', import.meta.url))
/** Half a megabyte, or a whole one where the shell counts otherwise. */
const LIMITED = 'ulimit -f 1024 && exec "$0" "$@"'

let folder: string
let blobs: Blobs

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-refusing-'))
  blobs = await openFiles(folder)
})
afterEach(async () => {
  await blobs.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Tried {
  readonly reasons: Readonly<Record<string, string>>
  readonly token: PartsToken
  readonly parts: readonly CompletedPart[]
}

test('what a disk takes no more of is refused and leaves nothing, and what it took before goes on later', async () => {
  const bytes = someBytes(3_000_000)
  const growing = await openGrowingFiles(folder)
  const [large, grows] = [newBlobId(), newBlobId()]
  await blobs.write(large, streamOf(bytes), LIMIT)
  await growing.begin(grows)
  await growing.append(grows, 0, streamOf(bytes.subarray(0, 100_000)))
  const tries = ['-c', LIMITED, process.execPath, CHILD, folder, large, grows]
  const { reasons, token, parts } = JSON.parse((await promisify(execFile)('sh', tries)).stdout) as Tried
  expect(new Set(Object.values(reasons))).toEqual(new Set(['A file is larger than it may be where the bytes are kept']))
  expect(await namesOf(blobs)).toEqual([large])
  expect(readdirSync(join(folder, 'unfinished'))).toEqual([])
  expect(await blobs.parts.complete(token, parts)).toMatchObject({ size: 1_200_000 })
  expect(await growing.size(grows)).toBe(100_000)
  await growing.append(grows, 100_000, streamOf(bytes.subarray(100_000)))
  await growing.finish(grows)
  expect((await readAll(blobs, grows))?.equals(bytes)).toBe(true)
  await growing.close()
})

async function namesOf(place: Blobs): Promise<readonly string[]> {
  const names: string[] = []
  for await (const { id } of place.list()) names.push(id)
  return names
}

const gone = { code: 'storage.bytes-unavailable', detail: { reason: 'The folder of the bytes is gone' } }

test.each([
  ['a file', (path: string) => writeFileSync(path, '')],
  ['nothing', () => {}],
])('where the folder of unfinished writes is %s by now, writes are refused until it is back', async (_what, put) => {
  const [unfinished, away] = [join(folder, 'unfinished'), join(folder, 'away')]
  renameSync(unfinished, away)
  put(unfinished)
  const [small, large] = [newBlobId(), newBlobId()]
  await expect(blobs.write(small, streamOf(someBytes(10)), LIMIT)).rejects.toMatchObject(gone)
  await expect(blobs.write(large, streamOf(someBytes(1_000_000)), LIMIT)).rejects.toMatchObject(gone)
  expect([await blobs.stat(small), await blobs.stat(large)]).toEqual([null, null])
  rmSync(unfinished, { force: true })
  renameSync(away, unfinished)
  expect(await blobs.write(small, streamOf(someBytes(10)), LIMIT)).toMatchObject({ size: 10 })
})

test('where a file is in the place of the folder of blobs, they are refused rather than said to be gone', async () => {
  const [id, copied] = [newBlobId(), newBlobId()]
  await blobs.write(id, streamOf(someBytes(10)), LIMIT)
  const [place, away] = [join(folder, 'blobs'), join(folder, 'away')]
  renameSync(place, away)
  writeFileSync(place, '')
  await expect(blobs.read(id)).rejects.toMatchObject(gone)
  await expect(blobs.stat(id)).rejects.toMatchObject(gone)
  await expect(blobs.readWhole(id, 10)).rejects.toMatchObject(gone)
  await expect(blobs.copy(id, copied)).rejects.toMatchObject(gone)
  await expect(blobs.remove([id])).rejects.toMatchObject(gone)
  await expect(namesOf(blobs)).rejects.toMatchObject(gone)
  await expect(blobs.write(copied, streamOf(someBytes(10)), LIMIT)).rejects.toMatchObject(gone)
  expect(readdirSync(join(folder, 'unfinished'))).toEqual([])
  rmSync(place)
  renameSync(away, place)
  expect(await readAll(blobs, id)).toHaveLength(10)
})
