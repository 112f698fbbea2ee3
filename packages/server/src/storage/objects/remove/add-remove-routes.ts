// Deleting objects: one by its path, or many by their names.

import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

import { Refusal } from '../../../refusal/refusal.ts'
import type { Caller } from '../../access/caller.ts'
import { callerOf } from '../../door/caller-of.ts'
import { readJson } from '../../door/read-json.ts'
import type { StorageArea, StorageDeps } from '../../door/storage-deps.ts'
import { printObject } from '../../rows/print-object.ts'
import { type Place, selectObject } from '../sql/read-object.ts'
import { removeObjects } from './remove-objects.ts'

interface ObjectRoute {
  readonly Params: { readonly bucket: string; readonly '*': string }
}

interface BucketRoute {
  readonly Params: { readonly bucket: string }
}

const MOST = 1000
const body = z.object({ prefixes: z.array(z.string()).min(1).max(MOST) })

/** Adds `DELETE /object/:bucket/*` and `DELETE /object/:bucket`. */
export const addRemoveRoutes: StorageArea = (fastify, deps) => {
  fastify.delete<ObjectRoute>('/object/:bucket/*', async (request) => {
    const caller = await callerOf(request, deps.identify)
    const { bucket, '*': name } = request.params
    const wanted = { bucket, names: [name], operation: 'storage.object.delete' } as const
    const removed = await removeObjects(deps, caller, wanted)
    if (removed.length === 0) throw await whyNotRemoved(deps, caller, { bucket, name })
    return { message: 'Successfully deleted' }
  })
  fastify.delete<BucketRoute>('/object/:bucket', async (request: FastifyRequest<BucketRoute>) => {
    const caller = await callerOf(request, deps.identify)
    const { prefixes: names } = await readJson(request, body)
    const wanted = { bucket: request.params.bucket, names, operation: 'storage.object.delete_many' } as const
    return (await removeObjects(deps, caller, wanted)).map(printObject)
  })
}

/** Whoever sees the object may know that it is the policies for DELETE that keep it. */
async function whyNotRemoved({ database }: StorageDeps, caller: Caller, place: Place): Promise<Refusal> {
  const work = { operation: 'storage.object.delete', statements: [selectObject(place)], readOnly: true } as const
  const [shown] = await database.asCaller(caller, work)
  if (shown?.count === 0) return new Refusal('storage.object-not-found', place)
  const fix = `No policy for DELETE on storage.objects lets this caller (role ${caller.identity.role}) delete it.`
  return new Refusal('storage.access-denied', { reason: 'Access denied' }, { fix })
}
