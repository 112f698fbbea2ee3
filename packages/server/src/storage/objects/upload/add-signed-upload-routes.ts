// Uploads that one person allows and another makes: the policies are asked when the URL is signed, and the token stands for
// their answer.

import type { FastifyInstance } from 'fastify'

import { Refusal } from '../../../refusal/refusal.ts'
import { callerOf } from '../../door/caller-of.ts'
import type { StorageArea, StorageDeps } from '../../door/storage-deps.ts'
import { checkObjectKey } from '../../names/object-key.ts'
import { readUserMetadataHeader } from './incoming-file.ts'
import { receiveUpload } from './receive-upload.ts'

interface SignedRoute {
  readonly Params: { readonly bucket: string; readonly '*': string }
  readonly Querystring: { readonly token?: string | readonly string[] }
}

const PATH = '/object/upload/sign/:bucket/*'

/** Adds `POST` and `PUT /object/upload/sign/:bucket/*`. */
export const addSignedUploadRoutes: StorageArea = (fastify, deps) => {
  signUploads(fastify, deps)
  takeSignedUploads(fastify, deps)
}

function signUploads(fastify: FastifyInstance, { config, identify, uploads, signed }: StorageDeps): void {
  fastify.post<SignedRoute>(PATH, async (request, reply) => {
    const caller = await callerOf(request, identify)
    const { bucket, '*': name } = request.params
    checkObjectKey(name)
    const upsert = request.headers['x-upsert'] === 'true'
    const { ownerId, replaces } = await uploads.admit(caller, {
      bucket,
      name,
      contentType: null,
      cacheControl: 'no-cache',
      userMetadata: readUserMetadataHeader(request.headers['x-metadata']),
      upsert,
      size: null,
      operation: 'storage.object.sign_upload_url',
    })
    const url = `${bucket}/${name}`
    const owner = ownerId === null ? {} : { owner: ownerId }
    const object = replaces ?? crypto.randomUUID()
    const token = await signed.sign({ url, scope: 'upload', upsert, object, ...owner }, config.uploadUrlExpiry)
    return await reply.send({ url: `/object/upload/sign/${url}?token=${token}`, token })
  })
}

/**
 * The token may be used until it is over; without `upsert` the second file of that name is refused. With it, the token
 * replaces what was there when it was signed, and what it put there itself: nobody was asked about any other object. One that
 * upstream signed names no object, and replaces any.
 */
function takeSignedUploads(fastify: FastifyInstance, deps: StorageDeps): void {
  fastify.put<SignedRoute>(PATH, async (request, reply) => {
    const { bucket, '*': name } = request.params
    const { token } = request.query
    if (typeof token !== 'string')
      throw new Refusal('storage.request-invalid', { reason: "querystring must have required property 'token'" })
    const url = `${bucket}/${name}`
    const { owner = null, upsert = false, object } = await deps.signed.verify(token, { url, scope: 'upload' })
    const target = { bucket, name, upsert, operation: 'storage.object.upload_signed' } as const
    await receiveUpload(request, deps, target, (wanted) => deps.uploads.admitUnasked(owner, wanted, object))
    return await reply.send({ Key: url })
  })
}
