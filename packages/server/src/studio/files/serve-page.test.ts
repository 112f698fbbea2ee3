import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { pageFolder } from './page-folder.ts'
import { mountPage } from './serve-page.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-page-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function asked(url: string) {
  const app = Fastify()
  await mountPage(app, () => pageFolder([folder]))
  return await app.inject(url)
}

function build(): void {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<div id="root"></div>')
  writeFileSync(join(folder, 'icon.svg'), '<svg/>')
  writeFileSync(join(folder, 'assets', 'index-abc.js'), 'main()')
}

test.each([
  ['/', 200, 'text/html; charset=utf-8', 'no-cache'],
  ['/tables/public/tasks?filter=x', 200, 'text/html; charset=utf-8', 'no-cache'],
  ['/sql/a.b', 200, 'text/html; charset=utf-8', 'no-cache'],
  ['/icon.svg', 200, 'image/svg+xml', 'no-cache'],
  ['/assets/index-abc.js', 200, 'application/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
])('%s is served as it should be kept', async (url, status, type, cache) => {
  build()
  const { statusCode, headers } = await asked(url)
  expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([status, type, cache])
})

test.each(['/assets/gone.js', '/assets/../../secret', '/assets/%2e%2e/%2e%2e/etc/passwd'])(
  '%s is no file of the page',
  async (url) => {
    build()
    const { statusCode, body } = await asked(url)
    expect([403, 404].includes(statusCode) || body.includes('id="root"')).toBe(true)
  },
)

test('a page that is not built says how to build it, and is found once it is', async () => {
  const before = await asked('/')
  expect([before.statusCode, before.body]).toEqual([503, expect.stringContaining('npm run build -w @tenon/studio')])
  build()
  expect((await asked('/')).statusCode).toBe(200)
})
