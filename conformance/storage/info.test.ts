// What is told of objects without their bytes: storage-js' `info` and `exists`, and the routes behind them.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { bearer, bucketNotFound, objectNotFound, type Readers, refusal, startReaders } from './running-readers.ts'

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

let on: Readers

beforeAll(async () => {
  on = await startReaders()
})
afterAll(async () => {
  await on.stop()
})

describe('info', () => {
  it('tells what is stored, and what the uploader attached', async () => {
    const { error } = await on.alice.from('kept').upload('alice/photo.png', 'png', {
      contentType: 'image/png',
      metadata: { takenBy: 'alice' },
    })
    expect(error).toBeNull()
    expect(await on.alice.from('kept').info('alice/photo.png')).toEqual({
      error: null,
      data: {
        id: expect.any(String),
        name: 'alice/photo.png',
        version: expect.any(String),
        bucketId: 'kept',
        size: 3,
        contentType: 'image/png',
        cacheControl: 'max-age=3600',
        etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
        metadata: { takenBy: 'alice' },
        lastModified: expect.stringMatching(TIME),
        createdAt: expect.stringMatching(TIME),
      },
    })
  })

  it('tells whoever may not read it as little as of what is not there', async () => {
    for (const name of ['alice/notes.txt', 'nothing.txt']) {
      const { data, error } = await on.bob.from('kept').info(name)
      expect(data).toBeNull()
      expect(error).toMatchObject({ message: 'Object not found', status: 400, statusCode: '404', code: 'NoSuchKey' })
    }
  })
})

describe('exists', () => {
  it('is true of what the caller may read', async () => {
    expect(await on.alice.from('kept').exists('alice/notes.txt')).toEqual({ data: true, error: null })
    expect(await on.anon.from('shown').exists('hello.txt')).toEqual({ data: true, error: null })
  })

  it('is false of what is not there, and of what is hidden', async () => {
    expect(await on.alice.from('kept').exists('nothing.txt')).toMatchObject({
      data: false,
      error: { code: 'NoSuchKey' },
    })
    expect(await on.bob.from('kept').exists('alice/notes.txt')).toMatchObject({ data: false })
  })

  it('throws of a bucket that is not there', async () => {
    await expect(on.alice.from('nowhere').exists('a.txt')).rejects.toMatchObject({ code: 'NoSuchBucket' })
  })
})

describe('the routes', () => {
  it('tell of a public object to anybody, and of a private one to nobody without a token', async () => {
    for (const path of ['/object/info/shown/hello.txt', '/object/info/public/shown/hello.txt']) {
      expect(await (await on.ask(path)).json()).toMatchObject({ name: 'hello.txt', bucket_id: 'shown', size: 11 })
    }
    for (const path of ['/object/info/kept/alice/notes.txt', '/object/info/public/kept/alice/notes.txt']) {
      expect(await refusal(await on.ask(path))).toEqual(bucketNotFound)
    }
    expect(await refusal(await on.ask('/object/info/public/shown/nothing.txt'))).toEqual(objectNotFound)
  })

  it('tell of a private one to whom the policies show it', async () => {
    for (const path of ['/object/info/kept/alice/notes.txt', '/object/info/authenticated/kept/alice/notes.txt']) {
      const answer = await on.ask(path, bearer(on.aliceToken))
      expect(answer.headers.get('content-type')).toContain('application/json')
      expect(await answer.json()).toEqual({
        id: expect.any(String),
        name: 'alice/notes.txt',
        version: expect.any(String),
        bucket_id: 'kept',
        size: 11,
        content_type: 'text/plain',
        cache_control: 'max-age=60',
        etag: '"5eb63bbbe01eeed093cb22bb8f5acdc3"',
        metadata: expect.toSatisfy((value: unknown) => value === null || typeof value === 'object'),
        last_modified: expect.stringMatching(TIME),
        created_at: expect.stringMatching(TIME),
      })
    }
  })

  it('answer HEAD with the entity tag', async () => {
    const answer = await on.ask('/object/info/shown/hello.txt', { method: 'HEAD' })
    expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([
      200,
      '"5eb63bbbe01eeed093cb22bb8f5acdc3"',
      '',
    ])
  })

  it('say to the policies which route asks', async () => {
    await on.sql.query(`
      insert into storage.buckets (id, name) values ('asked', 'asked');
      create policy "who asks" on storage.objects for select to authenticated
        using (bucket_id = 'asked' and storage.operation() = 'object.head_authenticated_info')`)
    await on.service.from('asked').upload('a.txt', 'a')
    const alice = bearer(on.aliceToken)
    expect((await on.ask('/object/asked/a.txt', { ...alice, method: 'HEAD' })).status).toBe(200)
    expect((await on.ask('/object/asked/a.txt', alice)).status).toBe(400)
    expect((await on.ask('/object/info/asked/a.txt', alice)).status).toBe(400)
  })
})
