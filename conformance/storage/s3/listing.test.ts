import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type RunningStack, startStack } from '../../running-stack.ts'
import { freshBucket, serviceClient } from './s3-client.ts'

const NAMES = ['a/1', 'a/2', 'b (1)!.txt', "b's *.txt", 'c/d/1', 'c/d/2', 'c/e']

let stack: RunningStack
let client: S3Client
let Bucket: string

beforeAll(async () => {
  stack = await startStack({ empty: true })
  client = serviceClient(stack)
  Bucket = await freshBucket(client)
  for (const Key of NAMES) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
})

afterAll(async () => await stack[Symbol.asyncDispose]())

/** What each page shows: names of objects, and folders. */
async function pages(input: Partial<ListObjectsV2CommandInput>): Promise<(string | undefined)[][]> {
  const seen: (string | undefined)[][] = []
  let ContinuationToken: string | undefined
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, ...input, ContinuationToken }))
    const folders = (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix)
    const names = (page.Contents ?? []).map(({ Key }) => Key)
    expect(page.KeyCount).toBe(folders.length + names.length)
    seen.push([...folders, ...names])
    ContinuationToken = page.NextContinuationToken
    expect(page.IsTruncated).toBe(ContinuationToken !== undefined)
  } while (ContinuationToken !== undefined)
  return seen
}

describe('ListObjectsV2', () => {
  test('shows all objects in the order of their names, with what is known of them', async () => {
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }))
    expect(Contents?.map(({ Key }) => Key)).toEqual(NAMES)
    expect(Contents?.[0]).toMatchObject({
      Size: 3,
      StorageClass: 'STANDARD',
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/) as string,
    })
    expect(Contents?.[0]?.LastModified).toBeInstanceOf(Date)
  })

  test.each([
    ['a prefix', { Prefix: 'c/' }, [['c/d/1', 'c/d/2', 'c/e']]],
    ['a prefix with what SQL would take for a wildcard', { Prefix: 'a_' }, [[]]],
    ['pages', { MaxKeys: 3 }, [NAMES.slice(0, 3), NAMES.slice(3, 6), NAMES.slice(6)]],
    ['folders', { Delimiter: '/' }, [['a/', 'c/', 'b (1)!.txt', "b's *.txt"]]],
    ['folders one by one', { Delimiter: '/', MaxKeys: 1 }, [['a/'], ['b (1)!.txt'], ["b's *.txt"], ['c/']]],
    ['folders within one', { Delimiter: '/', Prefix: 'c/' }, [['c/d/', 'c/e']]],
    [
      'a delimiter of several characters',
      { Delimiter: '/d/' },
      [['c/d/', 'a/1', 'a/2', 'b (1)!.txt', "b's *.txt", 'c/e']],
    ],
    ['what follows a name', { StartAfter: 'c/d/1' }, [['c/d/2', 'c/e']]],
    ['what follows the last of a folder', { StartAfter: 'a/zzz', Delimiter: '/' }, [['c/', 'b (1)!.txt', "b's *.txt"]]],
    ['nothing', { MaxKeys: 0 }, [[]]],
  ])('shows %s', async (_what, input, expected) => {
    expect(await pages(input)).toEqual(expected)
  })

  test('encodes names where it is asked to', async () => {
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'b', EncodingType: 'url' }))
    expect(Contents?.map(({ Key }) => decodeURIComponent(Key ?? ''))).toEqual(['b (1)!.txt', "b's *.txt"])
    expect(Contents?.[0]?.Key).toBe('b%20%281%29%21.txt')
  })

  test('refuses a token that is none, and a bucket that is not there', async () => {
    const wrong = new ListObjectsV2Command({ Bucket, ContinuationToken: '???' })
    await expect(client.send(wrong)).rejects.toMatchObject({ name: 'InvalidArgument' })
    await expect(client.send(new ListObjectsV2Command({ Bucket: 'nowhere' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    })
  })
})

test('ListObjects goes on behind a marker, which a page with folders names', async () => {
  const first = await client.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 1 }))
  expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'a/', CommonPrefixes: [{ Prefix: 'a/' }] })
  const second = await client.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: first.NextMarker }))
  expect(second).toMatchObject({ IsTruncated: false, CommonPrefixes: [{ Prefix: 'c/' }] })
  expect(second.Contents?.map(({ Key }) => Key)).toEqual(['b (1)!.txt', "b's *.txt"])
  const plain = await client.send(new ListObjectsCommand({ Bucket, MaxKeys: 1 }))
  expect([plain.IsTruncated, plain.NextMarker]).toEqual([true, undefined])
})

describe('ListObjectVersions', () => {
  test('shows each object as its only version, page by page, and folders', async () => {
    const seen: (string | undefined)[] = []
    let KeyMarker: string | undefined
    let VersionIdMarker: string | undefined
    do {
      const page = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 3, KeyMarker, VersionIdMarker }))
      const versions = page.Versions ?? []
      expect(versions.every(({ IsLatest, VersionId }) => IsLatest === true && VersionId === 'null')).toBe(true)
      seen.push(...versions.map(({ Key }) => Key))
      ;({ NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page)
      expect(page.IsTruncated).toBe(KeyMarker !== undefined)
    } while (KeyMarker !== undefined)
    expect(seen).toEqual(NAMES)
    const folder = await client.send(new ListObjectVersionsCommand({ Bucket, Delimiter: '/', MaxKeys: 1 }))
    expect(folder).toMatchObject({ CommonPrefixes: [{ Prefix: 'a/' }], NextKeyMarker: 'a/' })
    expect([folder.Versions, folder.NextVersionIdMarker]).toEqual([undefined, undefined])
  })

  test('is what a bucket can be emptied by', async () => {
    const full = await freshBucket(client)
    for (const Key of ['a b+c', 'd/e']) await client.send(new PutObjectCommand({ Bucket: full, Key, Body: Key }))
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: full }))
    const Objects = Versions.map(({ Key, VersionId }) => ({ Key, VersionId }))
    const { Deleted } = await client.send(new DeleteObjectsCommand({ Bucket: full, Delete: { Objects } }))
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['a b+c', 'd/e'])
    await client.send(new DeleteBucketCommand({ Bucket: full }))
  })

  test('refuses a bucket that is not there', async () => {
    const nowhere = new ListObjectVersionsCommand({ Bucket: 'nowhere' })
    await expect(client.send(nowhere)).rejects.toMatchObject({ name: 'NoSuchBucket' })
  })
})

describe('a bucket', () => {
  test('is made once, shown, and deleted when it is empty', async () => {
    const made = await client.send(new CreateBucketCommand({ Bucket: 'mine', ACL: 'public-read' }))
    expect(made.Location).toBe('/mine')
    await expect(client.send(new CreateBucketCommand({ Bucket: 'mine' }))).rejects.toMatchObject({
      name: 'BucketAlreadyExists',
      $metadata: { httpStatusCode: 409 },
    })
    expect(await client.send(new HeadBucketCommand({ Bucket: 'mine' }))).toMatchObject({ BucketRegion: 'local' })
    const { Buckets } = await client.send(new ListBucketsCommand())
    expect(Buckets).toContainEqual({ Name: 'mine', CreationDate: expect.any(Date) as Date })
    await client.send(new PutObjectCommand({ Bucket: 'mine', Key: 'a', Body: 'b' }))
    const read = await fetch(`${stack.line('API_URL')}/storage/v1/object/public/mine/a`)
    expect(await read.text()).toBe('b')
    await expect(client.send(new DeleteBucketCommand({ Bucket: 'mine' }))).rejects.toMatchObject({
      message: 'The bucket you tried to delete is not empty',
      $metadata: { httpStatusCode: 409 },
    })
    await client.send(new DeleteObjectCommand({ Bucket: 'mine', Key: 'a' }))
    const deleted = await client.send(new DeleteBucketCommand({ Bucket: 'mine' }))
    expect(deleted.$metadata.httpStatusCode).toBe(204)
    await expect(client.send(new HeadBucketCommand({ Bucket: 'mine' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    })
  })

  test('says where it is, and that it keeps no versions', async () => {
    expect((await client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe('local')
    expect((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Suspended')
    await expect(client.send(new GetBucketLocationCommand({ Bucket: 'nowhere' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    })
  })

  test('has no settings beyond that', async () => {
    await expect(client.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    })
  })

  test('of a name that none may have is refused', async () => {
    await expect(client.send(new CreateBucketCommand({ Bucket: 'a^b' }))).rejects.toMatchObject({
      name: 'InvalidBucketName',
    })
  })
})
