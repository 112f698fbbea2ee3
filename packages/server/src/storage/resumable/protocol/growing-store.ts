// The library's store over rows and growing blobs. Its ids are those of upload-id.ts.

import { DataStore, ERRORS, Upload } from '@tus/server'
import type { Readable } from 'node:stream'

import { isRefusal } from '../../../refusal/refusal.ts'
import type { BlobId } from '../../blobs/blobs.ts'
import type { GrowingBlobs } from '../../blobs/growing-blobs.ts'
import type { ResumableUploads } from '../rows/resumable-uploads.ts'
import { parseUploadId } from '../upload-id.ts'

const EXTENSIONS = ['creation', 'creation-with-upload', 'creation-defer-length', 'termination', 'expiration']

/** `expiry` in seconds. */
export class GrowingStore extends DataStore {
  override readonly extensions = EXTENSIONS
  readonly #uploads: ResumableUploads
  readonly #growing: GrowingBlobs
  readonly #expiry: number

  constructor(uploads: ResumableUploads, growing: GrowingBlobs, expiry: number) {
    super()
    this.#uploads = uploads
    this.#growing = growing
    this.#expiry = expiry
  }

  /** Its row is there already: bytes without a row would be nobody's. */
  override async create(upload: Upload): Promise<Upload> {
    await this.#growing.begin(versionOf(upload.id))
    return upload
  }

  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const version = versionOf(id)
    try {
      return await this.#growing.append(version, offset, bytes)
    } catch (error) {
      // One that grows no more takes an empty piece: its client asks whether all is well.
      if (isNotFound(error) && (await this.#offsetOf(id)) === offset) return offset
      throw error
    }
  }

  override async getUpload(id: string): Promise<Upload> {
    const version = versionOf(id)
    const upload = await this.#uploads.find(version)
    if (upload === null) throw ERRORS.FILE_NOT_FOUND
    const { size, metadata, createdAt, completed } = upload
    const offset = completed ? size : await this.#growing.size(version)
    if (offset === null) throw ERRORS.FILE_NO_LONGER_EXISTS
    return new Upload({
      id,
      offset,
      ...(size === null ? {} : { size }),
      metadata: { ...metadata },
      creation_date: new Date(createdAt).toISOString(),
    })
  }

  async #offsetOf(id: string): Promise<number> {
    return (await this.getUpload(id)).offset
  }

  override async declareUploadLength(id: string, size: number): Promise<void> {
    await this.#uploads.declareSize(versionOf(id), size)
  }

  override async remove(id: string): Promise<void> {
    const version = versionOf(id)
    await this.#growing.abort(version)
    await this.#uploads.remove(version)
  }

  override getExpiration(): number {
    return this.#expiry * 1000
  }
}

function isNotFound(error: unknown): boolean {
  return isRefusal(error) && error.code === 'storage.upload-not-found'
}

function versionOf(id: string): BlobId {
  const parsed = parseUploadId(id)
  if (parsed === null) throw ERRORS.FILE_NOT_FOUND
  return parsed.version
}
