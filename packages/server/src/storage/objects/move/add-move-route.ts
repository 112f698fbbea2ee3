// Moving an object to another name, or to another bucket.

import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

import type { Rows } from '../../../database/statement.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { Caller } from '../../access/caller.ts'
import type { StorageDatabase } from '../../access/storage-database.ts'
import { callerOf } from '../../door/caller-of.ts'
import { readJson } from '../../door/read-json.ts'
import type { StorageArea } from '../../door/storage-deps.ts'
import { checkObjectKey } from '../../names/object-key.ts'
import { cellsOf } from '../../rows/read-rows.ts'
import { placeRefusal } from '../placing/place-refusal.ts'
import { moveObject } from '../sql/move-object.ts'
import type { Place } from '../sql/read-object.ts'

const body = z.object({
  bucketId: z.string(),
  sourceKey: z.string(),
  destinationBucket: z.string().optional(),
  destinationKey: z.string(),
})

/** Adds `POST /object/move`. */
export const addMoveRoute: StorageArea = (fastify, { database, identify }) => {
  fastify.post('/object/move', async (request: FastifyRequest) => {
    const caller = await callerOf(request, identify)
    const { bucketId, sourceKey, destinationBucket = '', destinationKey } = await readJson(request, body)
    checkObjectKey(destinationKey)
    const to = { bucket: destinationBucket === '' ? bucketId : destinationBucket, name: destinationKey }
    const id = await move(database, caller, { bucket: bucketId, name: sourceKey }, to)
    return { message: 'Successfully moved', Id: id, Key: destinationKey }
  })
}

/** The id of the object, which stays. Refuses with `storage.object-not-found`, `object-exists`, `bucket-not-found`, `quota-reached`. */
async function move(database: StorageDatabase, caller: Caller, from: Place, to: Place): Promise<string> {
  const [cells] = cellsOf(await moved(database, caller, from, to))
  if (cells?.['id'] != null) return cells['id']
  throw new Refusal('storage.object-not-found', from)
}

async function moved(database: StorageDatabase, caller: Caller, from: Place, to: Place): Promise<Rows | undefined> {
  try {
    const statements = [moveObject(from, to, caller.identity.subject)]
    return (await database.asCaller(caller, { operation: 'storage.object.move', statements }))[0]
  } catch (error) {
    throw placeRefusal(error, to)
  }
}
