import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type RunningStack, startStack } from '../../running-stack.ts'
import { serviceClient } from './s3-client.ts'

let stack: RunningStack

beforeAll(async () => {
  stack = await startStack({ empty: true })
  const supabase = createClient(stack.line('API_URL'), stack.line('SECRET_KEY'))
  await supabase.storage.createBucket('files')
})

afterAll(async () => await stack[Symbol.asyncDispose]())

test('an object that was put is what one gets', async () => {
  const client = serviceClient(stack)
  const place = { Bucket: 'files', Key: "notes/first (1)'s.txt" }
  await client.send(new PutObjectCommand({ ...place, Body: 'hello', ContentType: 'text/plain', Metadata: { a: 'b' } }))
  const got = await client.send(new GetObjectCommand(place))
  expect(await got.Body?.transformToString()).toBe('hello')
  expect(got).toMatchObject({ ContentType: 'text/plain', ContentLength: 5, Metadata: { a: 'b' } })
  expect(await client.send(new HeadObjectCommand(place))).toMatchObject({ ETag: got.ETag, ContentLength: 5 })
})
