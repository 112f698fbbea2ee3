// One upload from its request to its row, the same for all routes that take a file.

import type { FastifyRequest } from 'fastify'

import type { StorageOperation } from '../../access/operations.ts'
import type { StorageDeps } from '../../door/storage-deps.ts'
import { checkObjectKey } from '../../names/object-key.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import type { AdmittedUpload, WantedUpload } from '../uploads.ts'
import type { IncomingFile } from './incoming-file.ts'
import { readForm } from './read-form.ts'
import { readRaw } from './read-raw.ts'

export interface UploadTarget {
  readonly bucket: string
  readonly name: string
  readonly upsert: boolean
  readonly operation: StorageOperation
}

/** Asks for the place before a byte of the file is read. Refuses whatever `admit`, the bytes and `commit` refuse. */
export async function receiveUpload(
  request: FastifyRequest,
  { uploads, blobs }: Pick<StorageDeps, 'uploads' | 'blobs'>,
  target: UploadTarget,
  admit: (wanted: WantedUpload) => Promise<AdmittedUpload>,
): Promise<ObjectRow> {
  checkObjectKey(target.name)
  const file = await readFile(request)
  try {
    const admitted = await admit(wantedOf(target, file))
    const written = await blobs.write(admitted.version, file.bytes, admitted.limit)
    await file.said
    const wanted = wantedOf(target, file)
    return await uploads.commit({ ...admitted, wanted }, written, file.facts().contentType)
  } finally {
    file.bytes.destroy()
  }
}

async function readFile(request: FastifyRequest): Promise<IncomingFile> {
  const isForm = request.headers['content-type']?.startsWith('multipart/form-data') === true
  return isForm ? await readForm(request) : readRaw(request)
}

function wantedOf(target: UploadTarget, file: IncomingFile): WantedUpload {
  return { ...target, ...file.facts(), size: file.size }
}
