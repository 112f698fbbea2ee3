// A client of the S3 protocol for a running stack, as an application makes one from what `tenon status` prints.

import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'

import type { RunningStack } from '../../running-stack.ts'

/** With the static pair, which passes by all policies. */
export function serviceClient(stack: RunningStack): S3Client {
  return s3Client(stack, {
    accessKeyId: stack.line('S3_PROTOCOL_ACCESS_KEY_ID'),
    secretAccessKey: stack.line('S3_PROTOCOL_ACCESS_KEY_SECRET'),
  })
}

/** As a user: the project's id and public key, and the user's own token. */
export function userClient(stack: RunningStack, sessionToken: string): S3Client {
  return s3Client(stack, { accessKeyId: 'stub', secretAccessKey: stack.line('ANON_KEY'), sessionToken })
}

interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export function s3Client(stack: RunningStack, credentials: Credentials): S3Client {
  return new S3Client({
    endpoint: stack.line('STORAGE_S3_URL'),
    region: stack.line('S3_PROTOCOL_REGION'),
    forcePathStyle: true,
    credentials,
    maxAttempts: 1,
  })
}

let made = 0

/** A bucket of its own for each test. */
export async function freshBucket(client: S3Client): Promise<string> {
  made += 1
  const Bucket = `bucket-${made}`
  await client.send(new CreateBucketCommand({ Bucket }))
  return Bucket
}
