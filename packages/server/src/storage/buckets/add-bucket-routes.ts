// The routes of buckets: what is asked is done in the caller's name, so that the policies on `storage.buckets` decide.

import type { FastifyRequest } from 'fastify'

import { Refusal } from '../../refusal/refusal.ts'
import type { Caller } from '../access/caller.ts'
import { callerOf } from '../door/caller-of.ts'
import { readJson } from '../door/read-json.ts'
import type { StorageArea, StorageDeps } from '../door/storage-deps.ts'
import { checkBucketName, checkNewBucketName } from '../names/bucket-name.ts'
import { type Cells, cellsOf } from '../rows/read-rows.ts'
import { changedBucketBody, newBucketBody, readBucketFields } from './bucket-fields.ts'
import { readBucketListing } from './bucket-listing.ts'
import { createBucket } from './create-bucket.ts'
import { emptyBucket } from './empty-bucket.ts'
import { printBucket, readsTypes } from './print-bucket.ts'
import { removeBucket } from './remove-bucket.ts'
import { listBuckets, selectBucket, updateBucket } from './sql/buckets.ts'

interface BucketRoute {
  readonly Params: { readonly id: string }
}

export const addBucketRoutes: StorageArea = (fastify, deps) => {
  fastify.post('/bucket', async (request) => await create(deps, request))
  fastify.get('/bucket', async (request) => {
    const caller = await callerOf(request, deps.identify)
    const statements = [listBuckets(readBucketListing(request.query))]
    const [rows] = await deps.database.asCaller(caller, {
      operation: 'storage.bucket.list',
      statements,
      readOnly: true,
    })
    const withType = readsTypes(request.headers)
    return cellsOf(rows).map((cells) => printBucket(cells, withType))
  })
  fastify.get<BucketRoute>('/bucket/:id', async (request) => {
    const caller = await callerOf(request, deps.identify)
    return printBucket(await find(deps, caller, request.params.id), false)
  })
  fastify.put<BucketRoute>('/bucket/:id', async (request) => await change(deps, request, request.params.id))
  fastify.delete<BucketRoute>('/bucket/:id', async (request) => {
    const caller = await callerOf(request, deps.identify)
    await removeBucket(deps.database, caller, request.params.id, 'storage.bucket.delete')
    return { message: 'Successfully deleted' }
  })
  fastify.post<BucketRoute>('/bucket/:id/empty', async (request) => {
    await empty(deps, await callerOf(request, deps.identify), request.params.id)
    return { message: 'Empty bucket has been queued. Completion may take up to an hour.' }
  })
}

async function create({ config, database, identify }: StorageDeps, request: FastifyRequest): Promise<{ name: string }> {
  const caller = await callerOf(request, identify)
  const said = await readJson(request, newBucketBody)
  const { name, id = '', type } = said
  checkNewBucketName(name)
  if (type === 'ANALYTICS') throw new Refusal('storage.feature-disabled', { feature: 'iceberg_catalog', key: 'type' })
  const fields = readBucketFields(said, config.fileSizeLimit)
  await createBucket(database, caller, { ...fields, id: id === '' ? name : id, name }, 'storage.bucket.create')
  return { name }
}

async function find({ database }: StorageDeps, caller: Caller, id: string): Promise<Cells> {
  const statements = [selectBucket(id)]
  const [rows] = await database.asCaller(caller, { operation: 'storage.bucket.get', statements, readOnly: true })
  const [cells] = cellsOf(rows)
  if (cells === undefined) throw new Refusal('storage.bucket-not-found', { bucket: id })
  return cells
}

async function change(
  { config, database, identify }: StorageDeps,
  request: FastifyRequest,
  id: string,
): Promise<{ message: string }> {
  const caller = await callerOf(request, identify)
  const fields = readBucketFields(await readJson(request, changedBucketBody), config.fileSizeLimit)
  checkBucketName(id)
  if (Object.keys(fields).length === 0) throw nothingChanged()
  const statements = [updateBucket(id, fields)]
  const [changed] = await database.asCaller(caller, { operation: 'storage.bucket.update', statements })
  if (changed?.count === 0) throw new Refusal('storage.bucket-not-found', { bucket: id })
  return { message: 'Successfully updated' }
}

/** For servers alone, whatever a policy says: it asks no policy about the objects. */
async function empty(deps: StorageDeps, caller: Caller, id: string): Promise<void> {
  const { role } = caller.identity
  if (role !== 'service_role') {
    const fix = 'Ask with a secret key, from a server'
    throw new Refusal('storage.role-required', { role: 'service_role' }, { fix })
  }
  const before = deps.now()
  await find(deps, caller, id)
  await emptyBucket(deps, caller, { bucket: id, before })
}

/** In the words of upstream's validator, which asks for one of its fields; our `quota` does, too. */
function nothingChanged(): Refusal {
  const missing = ['public', 'file_size_limit', 'allowed_mime_types'].map(
    (name) => `body must have required property '${name}'`,
  )
  return new Refusal('storage.request-invalid', {
    reason: [...missing, 'body must match a schema in anyOf'].join(', '),
  })
}
