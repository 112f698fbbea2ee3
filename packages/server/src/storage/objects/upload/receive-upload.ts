// One upload from its request to its row, the same for all routes that take a file.

import type { FastifyRequest } from 'fastify'
import { isDeepStrictEqual } from 'node:util'

import { isRefusal } from '../../../refusal/refusal.ts'
import type { StorageOperation } from '../../access/operations.ts'
import type { StorageDeps } from '../../door/storage-deps.ts'
import type { WrittenBlob } from '../../blobs/blobs.ts'
import { discard } from '../../blobs/discard.ts'
import { checkObjectKey } from '../../names/object-key.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import { checkContent } from '../content-types/check-content.ts'
import { limitRefusal } from '../placing/admit-by-limits.ts'
import type { AdmittedUpload, WantedUpload } from '../uploads.ts'
import type { IncomingFile } from './incoming-file.ts'
import { readForm } from './read-form.ts'
import { readRobotsTag } from './robots-tag.ts'
import { readRaw } from './read-raw.ts'

export interface UploadTarget {
  readonly bucket: string
  readonly name: string
  readonly upsert: boolean
  readonly operation: StorageOperation
}

type Receiving = Pick<StorageDeps, 'uploads' | 'blobs' | 'log'>
type Admit = (wanted: WantedUpload) => Promise<AdmittedUpload>

/** Asks for the place before a byte of the file is read. Refuses whatever `admit`, the bytes and `commit` refuse. */
export async function receiveUpload(
  request: FastifyRequest,
  deps: Receiving,
  target: UploadTarget,
  admit: Admit,
): Promise<ObjectRow> {
  checkObjectKey(target.name)
  const robotsTag = readRobotsTag(request.headers['x-robots-tag'])
  const file = await readFile(request)
  const wantedNow = (): WantedUpload => wantedOf(target, file, robotsTag)
  try {
    const admitted = await admit(wantedNow())
    const written = await writeFile(deps, file, admitted)
    const placed = await admitWhatCameLate(deps, admitted, wantedNow(), admit)
    return await deps.uploads.commit(placed, written, file.facts().contentType)
  } finally {
    file.bytes.destroy()
  }
}

async function readFile(request: FastifyRequest): Promise<IncomingFile> {
  const isForm = request.headers['content-type']?.startsWith('multipart/form-data') === true
  return isForm ? await readForm(request) : readRaw(request)
}

function wantedOf(target: UploadTarget, file: IncomingFile, robotsTag: string | null): WantedUpload {
  return { ...target, ...file.facts(), size: file.size, ...(robotsTag === null ? {} : { robotsTag }) }
}

/** Resolves once the bytes are there and nothing more will be said of them. */
async function writeFile(deps: Receiving, file: IncomingFile, admitted: AdmittedUpload): Promise<WrittenBlob> {
  try {
    const bytes = await checkContent(admitted, file.bytes)
    const written = await deps.blobs.write(admitted.version, bytes, admitted.limit)
    await file.said.catch(async (error: unknown) => {
      await discard(deps, [admitted.version])
      throw error
    })
    return written
  } catch (error) {
    throw isRefusal(error) && error.code === 'storage.too-large' ? limitRefusal(admitted) : (file.failure() ?? error)
  }
}

/** storage-js appends its fields to a form of the caller's own, behind the file: the policies are asked again about those. */
async function admitWhatCameLate(
  deps: Receiving,
  admitted: AdmittedUpload,
  wanted: WantedUpload,
  admit: Admit,
): Promise<AdmittedUpload> {
  if (isDeepStrictEqual(wanted, admitted.wanted)) return admitted
  try {
    return { ...(await admit(wanted)), version: admitted.version }
  } catch (error) {
    await discard(deps, [admitted.version])
    throw error
  }
}
