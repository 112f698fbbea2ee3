import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { Client } from 'pg'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { tokenOf } from '../realtime/token-of.ts'
import { type RunningStack, startStack } from '../running-stack.ts'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'

let stack: RunningStack
let owner: Client
let service: SupabaseClient
let photo: Buffer

beforeAll(async () => {
  stack = await startStack({ empty: true })
  owner = new Client(stack.line('DB_URL'))
  await owner.connect()
  await owner.query(`
    insert into storage.buckets (id, name, public) values ('shown', 'shown', true), ('kept', 'kept', false);
    create policy "people see what is in their folder" on storage.objects for select to authenticated
      using (bucket_id = 'kept' and (storage.foldername(name))[1] = (select auth.jwt() ->> 'sub'));
    create table public.notes (id int primary key);
    grant select on public.notes to anon, authenticated;`)
  service = createClient(stack.line('API_URL'), stack.line('SECRET_KEY'))
  photo = await sharp({ create: { width: 400, height: 200, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  await upload('shown', 'photo.jpg', photo, 'image/jpeg')
  await upload('kept', 'user_alice/photo.jpg', photo, 'image/jpeg')
})

afterAll(async () => {
  await owner.end()
  await stack[Symbol.asyncDispose]()
})

async function upload(bucket: string, name: string, bytes: Buffer | string, contentType: string): Promise<void> {
  const { error } = await service.storage.from(bucket).upload(name, bytes, { contentType, cacheControl: '60' })
  expect(error).toBeNull()
}

async function asPerson(sub: string): Promise<SupabaseClient> {
  const token = await tokenOf(stack, { sub })
  return createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), { accessToken: async () => token })
}

async function sizeOf(image: Blob | Response | null): Promise<{ width: number; height: number; format: string }> {
  const { width, height, format } = await sharp(
    Buffer.from((await image?.arrayBuffer()) ?? new ArrayBuffer()),
  ).metadata()
  return { width, height, format }
}

/** A public image, by its URL alone. */
async function get(name: string, query: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return await fetch(`${stack.line('API_URL')}/storage/v1/render/image/public/shown/${name}?${query}`, { headers })
}

describe('storage-js', () => {
  it('downloads an image in the size it asks for', async () => {
    const transform = { width: 100, height: 100, resize: 'contain' } as const
    const { data, error } = await service.storage.from('kept').download('user_alice/photo.jpg', { transform })
    expect(error).toBeNull()
    expect(await sizeOf(data)).toEqual({ width: 100, height: 50, format: 'jpeg' })
  })

  it('gives out the URL of a public image that is rendered', async () => {
    const transform = { width: 80, height: 80, quality: 50 }
    const { data } = service.storage.from('shown').getPublicUrl('photo.jpg', { transform })
    const answer = await fetch(data.publicUrl, { headers: { accept: 'image/avif,image/webp,*/*' } })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/webp')
    expect(await sizeOf(answer)).toEqual({ width: 80, height: 80, format: 'webp' })
  })

  it('signs a URL that renders what was signed, whatever else it is made to say', async () => {
    const alice = await asPerson('user_alice')
    const transform = { width: 40, height: 40, resize: 'cover' } as const
    const { data, error } = await alice.storage.from('kept').createSignedUrl('user_alice/photo.jpg', 60, { transform })
    expect(error).toBeNull()
    const url = new URL(data?.signedUrl ?? '')
    expect(url.pathname).toBe('/storage/v1/render/image/sign/kept/user_alice/photo.jpg')
    url.searchParams.set('width', '400')
    url.searchParams.set('height', '400')
    url.searchParams.set('format', 'avif')
    const answer = await fetch(url)
    expect(answer.headers.get('expires')).not.toBeNull()
    expect(answer.headers.get('x-transformations')).toBe('height:40,width:40,resizing_type:fill')
    expect(await sizeOf(answer)).toEqual({ width: 40, height: 40, format: 'jpeg' })
    url.pathname = url.pathname.replace('user_alice', 'user_bob')
    expect((await fetch(url)).status).toBe(400)
  })

  it('sees a private image as long as the policies say so, rendered before or not', async () => {
    const transform = { width: 30 }
    const [alice, bob] = await Promise.all([asPerson('user_alice'), asPerson('user_bob')])
    expect((await alice.storage.from('kept').download('user_alice/photo.jpg', { transform })).error).toBeNull()
    const { error } = await bob.storage.from('kept').download('user_alice/photo.jpg', { transform })
    expect(error).toMatchObject({ name: 'StorageApiError', status: 400, statusCode: '404' })
    expect(
      (await fetch(`${stack.line('API_URL')}/storage/v1/render/image/public/kept/user_alice/photo.jpg`)).status,
    ).toBe(400)
  })

  it('renders a new version of an object anew', async () => {
    await upload('shown', 'changing.png', await sharp(photo).png().toBuffer(), 'image/png')
    const before = await get('changing.png', 'width=300')
    expect(await sizeOf(before)).toMatchObject({ width: 300, height: 150 })
    const square = await sharp({ create: { width: 300, height: 300, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    await service.storage.from('shown').upload('changing.png', square, { contentType: 'image/png', upsert: true })
    const after = await get('changing.png', 'width=300')
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'))
    expect(await sizeOf(after)).toMatchObject({ width: 300, height: 300 })
  })
})

describe('over HTTP', () => {
  it('chooses WebP for whoever accepts it, and the original’s format for whom it is told to keep', async () => {
    const webp = { accept: 'image/webp' }
    const negotiated = await get('photo.jpg', 'width=20', webp)
    expect(negotiated.headers.get('content-type')).toBe('image/webp')
    expect(negotiated.headers.get('vary')).toContain('Accept')
    expect((await get('photo.jpg', 'width=20')).headers.get('content-type')).toBe('image/jpeg')
    expect((await get('photo.jpg', 'width=20&format=origin', webp)).headers.get('content-type')).toBe('image/jpeg')
    expect((await get('photo.jpg', 'width=20&format=avif')).headers.get('content-type')).toBe('image/avif')
  })

  it('says how long to keep it, and nothing twice to whoever has it', async () => {
    const first = await get('photo.jpg', 'width=25&download=small.jpg')
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'cache-control': 'max-age=60',
      'content-disposition': "attachment; filename=small.jpg; filename*=UTF-8''small.jpg",
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'none',
    })
    const etag = first.headers.get('etag') ?? ''
    const again = await get('photo.jpg', 'width=25', { 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect((await get('photo.jpg', 'width=26', { 'if-none-match': etag })).status).toBe(200)
  })

  it('takes a size beyond 2000 for 2000, and enlarges nothing', async () => {
    const answer = await get('photo.jpg', 'width=5000')
    expect(answer.headers.get('x-transformations')).toBe('width:2000,resizing_type:fill')
    expect(await sizeOf(answer)).toMatchObject({ width: 400, height: 200 })
  })

  it('passes an SVG as it is, sandboxed, and draws none itself', async () => {
    await upload('shown', 'drawing.svg', SVG, 'image/svg+xml')
    const passed = await get('drawing.svg', 'width=5', { accept: 'image/webp' })
    expect(passed.headers.get('content-type')).toBe('image/svg+xml')
    expect(passed.headers.get('content-security-policy')).toContain('sandbox')
    expect(await passed.text()).toBe(SVG)
    expect((await get('drawing.svg', 'width=5&format=webp')).status).toBe(400)
  })

  it.each([
    ['width=-1', 'querystring/width must be >= 0'],
    ['quality=19', 'querystring/quality must be >= 20'],
    ['resize=cover%0Amalicious', 'querystring/resize must be equal to one of the allowed values'],
    ['gravity=fp', "querystring must have required property 'x_offset'"],
  ])('refuses %s', async (query, message) => {
    const answer = await get('photo.jpg', query)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ statusCode: '400', error: 'Error', code: 'InvalidRequest', message })
  })

  it('refuses what is no image, and what only calls itself one', async () => {
    await upload('shown', 'words.txt', 'not an image', 'text/plain')
    await upload('shown', 'drawing.png', SVG, 'image/png')
    await upload('shown', 'photo.heic', Buffer.from('00000010667479706d69663100000000', 'hex'), 'image/heic')
    for (const name of ['words.txt', 'drawing.png', 'photo.heic']) {
      const answer = await get(name, 'width=1&height=1')
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({
        statusCode: '400',
        error: 'InvalidRequest',
        message: 'The source image is invalid or unsupported for rendering',
      })
    }
  })

  it('refuses a signed URL without its token, and with another', async () => {
    const url = `${stack.line('API_URL')}/storage/v1/render/image/sign/shown/photo.jpg`
    const without = await fetch(url)
    expect(without.status).toBe(400)
    expect(await without.json()).toMatchObject({ message: "querystring must have required property 'token'" })
    expect(await (await fetch(`${url}?token=forged`)).json()).toMatchObject({ error: 'InvalidJWT' })
  })

  it('wants a caller where the image is not public', async () => {
    const answer = await fetch(
      `${stack.line('API_URL')}/storage/v1/render/image/authenticated/kept/user_alice/photo.jpg`,
    )
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ message: "headers must have required property 'authorization'" })
  })

  it('answers other requests while it renders', async () => {
    const large = await sharp({ create: { width: 3000, height: 3000, channels: 3, background: 'olive' } })
      .jpeg()
      .toBuffer()
    await upload('shown', 'large.jpg', large, 'image/jpeg')
    const progress = { rendering: true, answered: 0 }
    const rendered = Promise.all([get('large.jpg', 'format=webp'), get('large.jpg', 'format=webp&quality=90')]).finally(
      () => (progress.rendering = false),
    )
    while (progress.rendering && progress.answered < 20) {
      const { error } = await service.from('notes').select()
      expect(error).toBeNull()
      if (progress.rendering) progress.answered += 1
    }
    expect(progress.answered).toBe(20)
    expect((await rendered).map(({ status }) => status)).toEqual([200, 200])
  })
})

it('renders nothing where the configuration says so', async () => {
  const files = { 'supabase/config.toml': '[storage.image_transformation]\nenabled = false\n' }
  await using without = await startStack({ files })
  const answer = await fetch(`${without.line('API_URL')}/storage/v1/render/image/public/shown/photo.jpg?width=10`)
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({ error: 'Not Found' })
  expect(answer.headers.get('x-tenon-hint')).toContain('[storage.image_transformation]')
})
