// Where what is kept. Every name is made of an id of ours or of digits, so that none leads out of the folder.

import { join } from 'node:path'

import { Refusal } from '../../../refusal/refusal.ts'
import { type BlobId, blobId, newBlobId, type PartsToken } from '../blobs.ts'

export interface Places {
  /** Holds a folder for each of the first two digits of an id, in which the blobs are. */
  readonly blobs: string
  /** What is being written, and what broken-off writes left. */
  readonly unfinished: string
  /** A folder for each upload in parts. */
  readonly uploads: string
  blob(id: BlobId): string
  /** A file that nobody else writes. */
  temporary(id: BlobId): string
  /** Refuses with `storage.upload-not-found` what cannot be one of ours. */
  upload(token: PartsToken): string
}

export function placesIn(folder: string): Places {
  const [blobs, unfinished, uploads] = [join(folder, 'blobs'), join(folder, 'unfinished'), join(folder, 'uploads')]
  return {
    blobs,
    unfinished,
    uploads,
    blob: (id) => join(blobs, fanOf(id), known(id)),
    temporary: (id) => join(unfinished, `${known(id)}.${newBlobId()}`),
    upload: ({ id, upload }) => join(uploads, `${known(id)}.${known(upload)}`),
  }
}

/** 256 folders keep each one small where there are millions of blobs. */
export function fanOf(id: BlobId): string {
  return known(id).slice(0, 2)
}

/** The type says so already; a name of a file is worth asking twice. */
function known(text: string): BlobId {
  const id = blobId(text)
  if (id === null) throw new Refusal('storage.upload-not-found', {})
  return id
}
