import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../refusal/refusal.ts'
import { plan, testConfig, web, type Asked } from '../plan/ask.test-support.ts'
import { catalogOf, routine, table } from '../plan/build-catalog.test-support.ts'
import { parseRequest } from '../request/parse-request.ts'
import type { RowsPlan } from '../sql/compile.ts'
import type { WebResponse } from '../web.ts'
import type { AnswerRow } from './answer-row.ts'
import { canBreakPromise, keepPromises } from './keep-promises.ts'
import { respond } from './respond.ts'

const catalog = catalogOf({
  tables: [table('films', { id: 'integer', title: 'text' }), table('log', { line: 'text' })],
  routines: [
    routine('nothing', {}, { shape: 'void' }),
    routine('films_of', {}, { set: true, shape: 'relation', type: { schema: 'test', name: 'films' } }),
  ],
})

const row: AnswerRow = { total: null, page: 0, body: '', headers: null, status: null, inserted: null, location: null }

async function planned(line: string, asked: Asked): Promise<RowsPlan> {
  const made = await plan(catalog, line, asked)
  if (made.kind === 'options' || made.kind === 'describe') throw new TypeError('no rows')
  return made
}

/** The response to a request whose statement gave this row. */
async function answer(line: string, given: Partial<AnswerRow>, asked: Asked = {}): Promise<WebResponse> {
  const request = await parseRequest(web(line, asked), { ...testConfig, ...asked.config })
  return respond({ ...row, ...given }, request, await planned(line, asked), () => 'out of bounds')
}

function header({ headers }: WebResponse, name: string): string | undefined {
  return headers.find(([each]) => each === name)?.[1]
}

describe('a counted page', () => {
  const cases: readonly (readonly [line: string, page: number, total: number | null, status: number, range: string])[] =
    [
      ['GET /films', 3, null, 200, '0-2/*'],
      ['GET /films', 3, 3, 200, '0-2/3'],
      ['GET /films?limit=2', 2, 3, 206, '0-1/3'],
      ['GET /films?offset=2', 1, 3, 206, '2-2/3'],
      ['GET /films?offset=3', 0, 3, 206, '*/3'],
      ['GET /films?offset=4', 0, 3, 416, '*/3'],
      ['GET /films', 0, 0, 200, '*/0'],
      ['GET /rpc/films_of?limit=1', 1, 2, 206, '0-0/2'],
    ]
  test.each(cases)('%s with %i of %s rows is %i', async (line, page, total, status, range) => {
    const response = await answer(line, { page, total, body: '[]' })
    expect(response).toMatchObject({ status, body: status === 416 ? 'out of bounds' : '[]' })
    expect(header(response, 'Content-Range')).toBe(range)
  })
})

test('a read says where it can be read again, its parameters in order', async () => {
  const response = await answer('GET /films?title=eq.a,b&id=gt.1', {})
  expect(header(response, 'Content-Location')).toBe('/films?id=gt.1&title=eq.a%2Cb')
})

test('a read whose address would overflow the headers does not repeat it', async () => {
  const response = await answer(`GET /films?id=in.(${'1,'.repeat(5000)}1)`, {})
  expect(header(response, 'Content-Location')).toBeUndefined()
})

describe('a mutation', () => {
  const merge = 'resolution=merge-duplicates'
  const cases: readonly (readonly [line: string, prefer: string, given: Partial<AnswerRow>, status: number])[] = [
    ['POST /films', '', { page: 1 }, 201],
    ['POST /films', merge, { page: 2, inserted: 1 }, 201],
    ['POST /films', merge, { page: 2, inserted: 0 }, 200],
    ['PUT /films?id=eq.1', '', { page: 1, inserted: 1 }, 204],
    ['PUT /films?id=eq.1', 'return=representation', { page: 1, inserted: 1 }, 201],
    ['PUT /films?id=eq.1', 'return=representation', { page: 1, inserted: 0 }, 200],
    ['PATCH /films?id=eq.1', '', { page: 1 }, 204],
    ['PATCH /films?id=eq.1', 'return=representation', { page: 1 }, 200],
    ['DELETE /films?id=eq.1', '', { page: 1 }, 204],
  ]
  test.each(cases)('%s with "%s" and %o is %i', async (line, prefer, given, status) => {
    const response = await answer(line, given, { headers: { prefer }, body: '{"id":1}' })
    expect(response.status).toBe(status)
  })

  test('names the only row inserted, whatever its key holds', async () => {
    const asked = { headers: { prefer: 'return=headers-only' }, body: '{"id":1}' }
    const location = [
      ['id', 'a b/(c)*'],
      ['part', null],
    ] as const
    const response = await answer('POST /films', { page: 1, location }, asked)
    expect(header(response, 'Location')).toBe('/films?id=eq.a%20b%2F%28c%29%2A&part=is.null')
  })

  test('echoes the preferences that applied, in their order', async () => {
    const prefer =
      'tx=commit, count=exact, return=minimal, missing=default, resolution=ignore-duplicates, handling=lenient'
    const asked = { headers: { prefer }, body: '{"id":1}', config: { transactionOverride: true } }
    expect(header(await answer('POST /films', { page: 1 }, asked), 'Preference-Applied')).toBe(
      'resolution=ignore-duplicates, missing=default, return=minimal, count=exact, tx=commit, handling=lenient',
    )
    const keyless = await answer('POST /log', { page: 1 }, { ...asked, body: '{}' })
    expect(header(keyless, 'Preference-Applied')).not.toContain('resolution')
  })
})

test('a function that returns nothing has no body', async () => {
  const response = await answer('POST /rpc/nothing', { page: 1 })
  expect(response).toMatchObject({ status: 204, body: '' })
  expect(header(response, 'Content-Type')).toBeUndefined()
})

describe('what SQL says of the response', () => {
  test('replaces our headers of the same name and may repeat its own', async () => {
    const headers = '[{"content-type":"text/plain"},{"Set-Cookie":"a=1"},{"Set-Cookie":"b=2"}]'
    const response = await answer('GET /films', { headers, status: '418', body: '[]' })
    expect(response.status).toBe(418)
    expect(header(response, 'Content-Type')).toBeUndefined()
    expect(response.headers.slice(-3)).toEqual([
      ['content-type', 'text/plain'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ])
  })

  test.each([
    ['{"a":"b"}', null, 'postgres.response-headers-invalid'],
    ['[{"a":"b","c":"d"}]', null, 'postgres.response-headers-invalid'],
    ['[{"a":1}]', null, 'postgres.response-headers-invalid'],
    ['[{"a":"b\\r\\nc: d"}]', null, 'postgres.response-headers-invalid'],
    ['nonsense', null, 'postgres.response-headers-invalid'],
    [null, 'teapot', 'postgres.response-status-invalid'],
    [null, '42', 'postgres.response-status-invalid'],
  ])('headers %s and status %s are refused', async (headers, status, code) => {
    await expect(answer('GET /films', { headers, status })).rejects.toMatchObject({ code })
  })
})

describe('what a request demands of its result', () => {
  const single = { accept: 'application/vnd.pgrst.object+json' }
  const bounded = { prefer: 'handling=strict, max-affected=1' }
  const cases: readonly (readonly [
    line: string,
    headers: Record<string, string>,
    page: number,
    code: string | null,
  ])[] = [
    ['GET /films', single, 1, null],
    ['GET /films', single, 0, 'request.not-singular'],
    ['PATCH /films?id=eq.1', single, 2, 'request.not-singular'],
    ['PUT /films?id=eq.1', {}, 0, 'request.put-mismatch'],
    ['DELETE /films?id=eq.1', bounded, 2, 'request.max-affected'],
    ['DELETE /films?id=eq.1', bounded, 1, null],
    ['DELETE /films?id=eq.1', { prefer: 'max-affected=1' }, 2, null],
  ]
  test.each(cases)('%s with %o and %i rows: %s', async (line, headers, page, code) => {
    const asked = { headers, body: '{"id":1}' }
    const request = await parseRequest(web(line, asked), testConfig)
    const made = await planned(line, asked)
    expect(codeOf(() => keepPromises({ ...row, page }, request, made))).toBe(code)
  })

  test('holds a writing transaction open until it is judged, and no other', async () => {
    expect(await isHeld('PATCH /films?id=eq.1', single)).toBe(true)
    expect(await isHeld('PATCH /films?id=eq.1', {})).toBe(false)
    expect(await isHeld('GET /films?id=eq.1', single)).toBe(false)
  })
})

async function isHeld(line: string, headers: Record<string, string>): Promise<boolean> {
  const asked = { headers, body: '{"id":1}' }
  return canBreakPromise(await parseRequest(web(line, asked), testConfig), await planned(line, asked))
}

function codeOf(judged: () => void): string | null {
  try {
    judged()
    return null
  } catch (thrown) {
    return isRefusal(thrown) ? thrown.code : 'fault'
  }
}
