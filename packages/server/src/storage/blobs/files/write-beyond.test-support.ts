// Run by a test in a process that may write no large files: tries all that writes into the folder of its first argument, and
// prints what each was refused with. The other arguments name a large blob that is there, and one that grows.

import { blobId, newBlobId } from '../blobs.ts'
import { someBytes, streamOf } from '../contract/bytes.test-support.ts'
import { openFiles } from './open-files.ts'
import { openGrowingFiles } from './resumable/open-growing-files.ts'

const [folder = '', large = '', grows = ''] = process.argv.slice(2)
const LIMIT = 64 * 1024 * 1024
const blobs = await openFiles(folder)
const growing = await openGrowingFiles(folder)

async function reasonOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => 'done',
    (error: unknown) => (error as { readonly detail?: { readonly reason?: string } }).detail?.reason ?? String(error),
  )
}

const bytes = someBytes(3_000_000)
const token = await blobs.parts.begin(newBlobId())
const parts = []
for (const number of [1, 2, 3]) {
  const { etag } = await blobs.parts.write(token, number, streamOf(bytes.subarray(0, 400_000)), LIMIT)
  parts.push({ number, etag })
}
const growingId = blobId(grows) ?? newBlobId()
const grown = (await growing.size(growingId)) ?? 0
const reasons = {
  write: await reasonOf(blobs.write(newBlobId(), streamOf(bytes), LIMIT)),
  part: await reasonOf(blobs.parts.write(token, 3, streamOf(bytes), LIMIT)),
  join: await reasonOf(blobs.parts.complete(token, parts)),
  copy: await reasonOf(blobs.copy(blobId(large) ?? newBlobId(), newBlobId())),
  grow: await reasonOf(growing.append(growingId, grown, streamOf(bytes.subarray(grown)))),
}
console.log(JSON.stringify({ reasons, token, parts }))
