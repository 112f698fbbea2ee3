// A resumable upload: it goes in pieces, tells how far it is, and goes on where a lost connection or a reload broke it off.

import { Upload } from 'tus-js-client'

import { projectUrl } from '../../clients/project'
import type { Refusal } from '../../tasks/refusal-note'
import { isWorthAnotherTry, refusalOf } from './refusal-of'

interface Sending {
  readonly file: File
  readonly bucket: string
  readonly name: string
  readonly accessToken: () => Promise<string | null>
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void
}

/** Resolves to what the server said with its no, or to null. */
export async function uploadFile({ file, bucket, name, accessToken, onProgress }: Sending): Promise<Refusal | null> {
  return await new Promise((resolve) => {
    const upload = new Upload(file, {
      endpoint: `${projectUrl}/storage/v1/upload/resumable`,
      // As Supabase's hosted service wants it.
      chunkSize: 6 * 1024 * 1024,
      uploadDataDuringCreation: true,
      removeFingerprintOnSuccess: true,
      metadata: { bucketName: bucket, objectName: name, contentType: file.type, cacheControl: '3600' },
      // A session token lives for a minute, an upload longer: each piece brings a fresh one.
      onBeforeRequest: async (request) => request.setHeader('Authorization', `Bearer ${(await accessToken()) ?? ''}`),
      onProgress: (sent, total) => onProgress(sent / Math.max(total, 1)),
      onShouldRetry: isWorthAnotherTry,
      onSuccess: () => resolve(null),
      onError: (error) => resolve(refusalOf(error)),
    })
    void start(upload, name)
  })
}

/** Takes up what was begun with this file, for this name. */
async function start(upload: Upload, name: string): Promise<void> {
  const begun = (await upload.findPreviousUploads()).find(({ metadata }) => metadata['objectName'] === name)
  if (begun !== undefined) upload.resumeFromPreviousUpload(begun)
  upload.start()
}
