// The MD5 of the bodies for which S3 demands some checksum. The SDK sends newer ones, which older stores do not know.

import { hash } from 'node:crypto'

import type { S3Client } from '@aws-sdk/client-s3'

const DEMANDING = new Set(['DeleteObjectsCommand'])

interface HttpRequest {
  readonly body?: unknown
  readonly headers: Record<string, string>
}

/** Puts `Content-MD5` in the place of other checksums. */
export function sendMd5OfBodies({ middlewareStack }: S3Client): void {
  middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const request = args.request as HttpRequest
        if (DEMANDING.has(String(commandName)) && typeof request.body === 'string') {
          for (const name of Object.keys(request.headers))
            if (/^x-amz-(?:sdk-)?checksum-/i.test(name)) delete request.headers[name]
          request.headers['content-md5'] = hash('md5', request.body, 'base64')
        }
        return await next(args)
      },
    // After the SDK's checksums, and before the signature over all headers.
    { step: 'build', name: 'md5OfBodies', priority: 'low' },
  )
}
