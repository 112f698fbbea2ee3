// DeleteObject and DeleteObjects. What is not there, as the caller sees it, counts as deleted; what she sees and the policies
// keep is refused by name.

import { z } from 'zod'

import type { Caller } from '../../../access/caller.ts'
import { cellsOf } from '../../../rows/read-rows.ts'
import { removeObjects } from '../../../objects/remove/remove-objects.ts'
import { selectNames } from '../../../objects/sql/read-object.ts'
import { readText } from '../../../door/read-json.ts'
import { answerEmpty, answerXml, type S3Answer } from '../../answer.ts'
import type { S3Deps, S3Request } from '../../s3-request.ts'
import { readXml } from '../../xml/read-xml.ts'
import { assertBucketExists } from '../buckets/find-bucket.ts'

/** Bytes: a thousand keys of a thousand characters, each of which may be written with six. */
const LARGEST = 6.5 * 1024 * 1024
/** Of a thousand objects with all that S3 lets be said of them. */
const BOUNDS = { lists: ['Object'], tags: 13_000 }

const wanted = z.object({
  Delete: z.object({
    Object: z.array(z.object({ Key: z.string() })).max(1000),
    Quiet: z.string().optional(),
  }),
})

/** Refuses with `storage.bucket-not-found`. */
export async function deleteObject({ bucket, key, caller }: S3Request, deps: S3Deps): Promise<S3Answer> {
  const operation = 'storage.s3.object.delete'
  const removed = await removeObjects(deps, caller, { bucket, names: [key], operation })
  if (removed.length === 0) await assertBucketExists(deps, bucket)
  return answerEmpty(204)
}

/** Refuses with `s3.xml-malformed`, `storage.request-invalid`, `storage.bucket-not-found`. */
export async function deleteObjects({ bucket, caller, body }: S3Request, deps: S3Deps): Promise<S3Answer> {
  const { Delete } = await readXml(await readText(body.bytes, LARGEST), wanted, BOUNDS)
  const names = Delete.Object.map(({ Key }) => Key)
  await assertBucketExists(deps, bucket)
  const operation = 'storage.s3.object.delete_many'
  const removed = new Set((await removeObjects(deps, caller, { bucket, names, operation })).map(({ name }) => name))
  const kept = await namesKept(
    deps,
    caller,
    bucket,
    names.filter((name) => !removed.has(name)),
  )
  return answerXml('DeleteResult', {
    Deleted: Delete.Quiet === 'true' ? [] : names.filter((name) => !kept.has(name)).map((Key) => ({ Key })),
    Error: names
      .filter((name) => kept.has(name))
      .map((Key) => ({ Key, Code: 'AccessDenied', Message: 'Access Denied' })),
  })
}

/** Of those that are still there, whichever the caller may know of. */
async function namesKept(
  { database }: Pick<S3Deps, 'database'>,
  caller: Caller,
  bucket: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const possible = names.filter((name) => !name.includes('\0'))
  if (possible.length === 0) return new Set()
  const [rows] = await database.asCaller(caller, {
    operation: 'storage.s3.object.delete_many',
    statements: [selectNames(bucket, possible)],
    readOnly: true,
  })
  return new Set(cellsOf(rows).map(({ name }) => name ?? ''))
}
