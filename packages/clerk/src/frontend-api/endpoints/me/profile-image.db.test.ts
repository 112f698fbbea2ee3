import { afterAll, beforeAll, expect, test } from 'vitest'

import { type SignedInProvider, startSignedIn } from '../../signed-in.test-support.ts'

/** A PNG of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn()
})

afterAll(() => provider.stop())

test('a picture is uploaded as a file, served, and taken away', async () => {
  const ada = await provider.signedIn({ email_address: ['picture@example.com'] })
  const body = new FormData()
  body.append('file', new Blob([png], { type: 'image/png' }), 'me.png')
  const { response } = await ada.ask('/me/profile_image', { method: 'POST', body })
  expect(response).toMatchObject({ object: 'image', id: expect.stringMatching(/^img_/) })
  const url = (await ada.ask('/me')).response['image_url'] as string
  const shown = await fetch(url)
  expect(shown.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await shown.arrayBuffer()).equals(png)).toBe(true)
  expect((await ada.ask('/me/profile_image', { method: 'DELETE' })).response).toMatchObject({ deleted: true })
  expect((await ada.ask('/me')).response['has_image']).toBe(false)
  expect((await ada.ask('/me/profile_image', { method: 'DELETE' })).status).toBe(404)
})

test('a picture comes as base64 as well, and nothing else is one', async () => {
  const ada = await provider.signedIn({ email_address: ['base64@example.com'] })
  const send = (text: string) =>
    ada.ask('/me/profile_image', {
      method: 'POST',
      body: new Uint8Array(Buffer.from(text)),
      headers: { 'content-type': 'application/octet-stream' },
    })
  expect((await send(png.toString('base64'))).status).toBe(200)
  expect((await send('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')).status).toBe(415)
  expect((await ada.post('/me/profile_image')).code).toBe('form_param_missing')
})
