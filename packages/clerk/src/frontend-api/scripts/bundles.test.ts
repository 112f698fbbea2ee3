import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import Fastify from 'fastify'
import { expect, test } from 'vitest'

import { sendFailure } from '../../http/send-failure.ts'
import { bundleNames, findBundle } from './bundle-files.ts'
import { mountBundles } from './bundles.ts'

const app = Fastify().setErrorHandler(sendFailure)
mountBundles(app, '')

test.each(bundleNames)('the entry of %s and all chunks it names are served under any version', async (name) => {
  const { entry, chunks } = findBundle(name)
  const answer = await app.inject(`/npm/@clerk/${name}@6/dist/${entry}`)
  expect(answer.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'access-control-allow-origin': '*',
    'cache-control': 'public, no-cache',
  })
  expect(answer.statusCode).toBe(200)
  expect(chunks.size).toBeGreaterThan(5)
  for (const chunk of chunks) {
    const { statusCode, headers } = await app.inject(`/npm/@clerk/${name}@6.40.0-snapshot.1/dist/${chunk}`)
    expect({ statusCode, cache: headers['cache-control'] }).toEqual({
      statusCode: 200,
      cache: 'public, max-age=31536000, immutable',
    })
  }
})

test.each(bundleNames)('each chunk that the entry of %s knows by a name is there', (name) => {
  const { folder, entry, chunks } = findBundle(name)
  const [, known = ''] = /\(\{((?:\d+:"[\w-]+",?)+)\}\)\[/.exec(readFileSync(join(folder, entry), 'utf8')) ?? []
  const names = [...known.matchAll(/"([\w-]+)"/g)].map(([, chunk]) => chunk)
  expect(names.length).toBeGreaterThan(5)
  for (const chunk of names)
    expect(
      [...chunks].some((file) => file.startsWith(`${chunk}_`)),
      chunk,
    ).toBe(true)
})

test('an entry that the browser has already is not sent again', async () => {
  const url = '/npm/@clerk/ui@1/dist/ui.browser.js'
  const { etag } = (await app.inject(url)).headers
  const again = await app.inject({ url, headers: { 'if-none-match': etag ?? '' } })
  expect(again).toMatchObject({ statusCode: 304, body: '' })
})

test.each([
  '/npm/@clerk/ui@1/dist/ui.legacy.browser.js',
  '/npm/@clerk/ui@1/dist/..%2f..%2fpackage.json',
  '/npm/@clerk/ui@1/dist/../package.json',
  '/npm/@clerk/ui@1/dist/%2e%2e%2fpackage.json',
  '/npm/@clerk/ui@..%2f..%2f/dist/index.js',
  '/npm/@clerk/clerk-js@6/dist/constructor',
])('%s is no script', async (url) => {
  expect((await app.inject(url)).statusCode).toBe(404)
})
