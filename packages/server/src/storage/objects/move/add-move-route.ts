// Moving an object to another name, or to another bucket.

import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

import { Refusal } from '../../../refusal/refusal.ts'
import type { Caller } from '../../access/caller.ts'
import { callerOf } from '../../door/caller-of.ts'
import { readJson } from '../../door/read-json.ts'
import type { StorageArea, StorageDeps } from '../../door/storage-deps.ts'
import { checkObjectKey } from '../../names/object-key.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import { cellsOf } from '../../rows/read-rows.ts'
import { findSource } from '../copy/find-source.ts'
import { placeRefusal } from '../placing/place-refusal.ts'
import { moveObject } from '../sql/move-object.ts'
import type { Place } from '../sql/read-object.ts'
import { checkDestination } from './check-destination.ts'

const OPERATION = 'storage.object.move'
const body = z.object({
  bucketId: z.string(),
  sourceKey: z.string(),
  destinationBucket: z.string().optional(),
  destinationKey: z.string(),
})

/** Adds `POST /object/move`. */
export const addMoveRoute: StorageArea = (fastify, deps) => {
  fastify.post('/object/move', async (request: FastifyRequest) => {
    const caller = await callerOf(request, deps.identify)
    const { bucketId, sourceKey, destinationBucket = '', destinationKey } = await readJson(request, body)
    checkObjectKey(destinationKey)
    const from = { bucket: bucketId, name: sourceKey }
    const to = { bucket: destinationBucket === '' ? bucketId : destinationBucket, name: destinationKey }
    const id = to.bucket === bucketId ? await move(deps, caller, from, to) : await moveAway(deps, caller, from, to)
    if (id === null) throw new Refusal('storage.object-not-found', from)
    return { message: 'Successfully moved', Id: id, Key: destinationKey }
  })
}

/**
 * To a bucket with limits of its own, which its bytes are held to. The policies are asked first, since limits tell of the
 * bucket. Refuses as `move` and `checkDestination`.
 */
async function moveAway(deps: StorageDeps, caller: Caller, from: Place, to: Place): Promise<string | null> {
  const find = async (): Promise<ObjectRow> => await findSource(deps.database, caller, from, OPERATION)
  const moveFound = async (found: ObjectRow): Promise<string | null> => {
    const { version } = found
    if ((await move(deps, caller, from, to, { version, end: 'rollback' })) === null) return null
    await checkDestination(deps, found, to)
    return await move(deps, caller, from, to, { version })
  }
  const found = await find()
  const id = await moveFound(found)
  if (id !== null) return id
  // Replaced since it was read, or not the caller's to move.
  const second = await find()
  return second.version === found.version ? null : await moveFound(second)
}

/**
 * The id of the object, which stays; null where none was moved. `rollback` asks whether it would be. Refuses with
 * `postgres.*` where a policy says no, and with `storage.object-exists`, `bucket-not-found`, `quota-reached`.
 */
async function move(
  { database }: Pick<StorageDeps, 'database'>,
  caller: Caller,
  from: Place,
  to: Place,
  { version = null, end = 'commit' }: { readonly version?: string | null; readonly end?: 'commit' | 'rollback' } = {},
): Promise<string | null> {
  try {
    const statements = [moveObject(from, to, caller.identity.subject, version)]
    const [cells] = cellsOf((await database.asCaller(caller, { operation: OPERATION, statements, end }))[0])
    return cells?.['id'] ?? null
  } catch (error) {
    throw placeRefusal(error, to)
  }
}
