import { describe, expect, test } from 'vitest'

import type { Catalog } from '../catalog/catalog.ts'
import { testConfig, web } from './plan/ask.test-support.ts'
import { catalogOf, table } from './plan/build-catalog.test-support.ts'
import { planFor } from './plan/plan-for.ts'
import { createRememberedReads, type PreparedRequest } from './remembered-reads.ts'
import { parseRequest } from './request/parse-request.ts'

type Headers = Readonly<Record<string, string>>

const catalog = catalogOf({ tables: [table('films', { id: 'integer', title: 'text' })] })

async function prepare(line: string, headers: Headers = {}, known: Catalog = catalog): Promise<PreparedRequest> {
  const request = await parseRequest(web(line, { headers }), testConfig)
  return { request, plan: planFor(request, known, testConfig), catalog: known }
}

async function remembering(line: string, headers: Headers = {}): Promise<ReturnType<typeof createRememberedReads>> {
  const reads = createRememberedReads()
  reads.remember(web(line, { headers }), await prepare(line, headers))
  return reads
}

describe('a read that was asked before', () => {
  test('is recalled as it would be prepared again, with the headers and cookies of this caller', async () => {
    const reads = await remembering('GET /films?id=eq.1', { cookie: 'a=1', 'x-caller': 'alice' })
    const headers = { cookie: 'b=2', 'x-caller': 'bob' }
    const recalled = reads.recall(web('GET /films?id=eq.1', { headers }), catalog)
    expect(recalled).toEqual(await prepare('GET /films?id=eq.1', headers))
    expect(recalled?.request.cookies).toEqual({ b: '2' })
    expect(JSON.stringify(recalled)).not.toContain('alice')
  })

  test.each([
    ['address', 'GET /films?id=eq.2', {}],
    ['method', 'HEAD /films?id=eq.1', {}],
    ['Accept', 'GET /films?id=eq.1', { accept: 'application/vnd.pgrst.object+json' }],
    ['Prefer', 'GET /films?id=eq.1', { prefer: 'count=exact' }],
    ['Range', 'GET /films?id=eq.1', { range: '0-1' }],
    ['profile', 'GET /films?id=eq.1', { 'accept-profile': 'test' }],
  ])('is another one with another %s', async (_what, line, headers) => {
    const reads = await remembering('GET /films?id=eq.1')
    expect(reads.recall(web(line, { headers }), catalog)).toBeUndefined()
  })

  test('is prepared anew once the catalog has changed', async () => {
    const reads = await remembering('GET /films')
    expect(reads.recall(web('GET /films'), { ...catalog, version: catalog.version + 1 })).toBeUndefined()
  })
})

test('requests that write are never remembered', async () => {
  const reads = await remembering('DELETE /films?id=eq.1')
  expect(reads.recall(web('DELETE /films?id=eq.1'), catalog)).toBeUndefined()
})

test('what is kept is bounded: the oldest of more than a thousand goes, and very long ones are not kept', async () => {
  const reads = createRememberedReads()
  for (let id = 0; id <= 1000; id += 1)
    reads.remember(web(`GET /films?id=eq.${id}`), await prepare(`GET /films?id=eq.${id}`))
  expect(reads.recall(web('GET /films?id=eq.0'), catalog)).toBeUndefined()
  expect(reads.recall(web('GET /films?id=eq.1000'), catalog)).toBeDefined()
  const long = `GET /films?title=eq.${'x'.repeat(3000)}`
  reads.remember(web(long), await prepare(long))
  expect(reads.recall(web(long), catalog)).toBeUndefined()
})
