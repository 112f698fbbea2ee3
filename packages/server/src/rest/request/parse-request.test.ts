import { describe, expect, test } from 'vitest'
import { Refusal } from '../../refusal/refusal.ts'
import type { WebRequest } from '../web.ts'
import type { ApiRequest } from './api-request.ts'
import { parseRequest } from './parse-request.ts'
import { defaultRequestLimits, type RequestConfig } from './request-config.ts'

const config: RequestConfig = {
  schemas: ['public', 'été'],
  root: { kind: 'describe' },
  transactionOverride: true,
  limits: defaultRequestLimits,
}

type Asked = Partial<Omit<WebRequest, 'body'>> & { readonly body?: string }

function webRequest({ body = '', ...asked }: Asked): WebRequest {
  const read = () => Promise.resolve(Buffer.from(body))
  return { method: 'GET', path: '/tasks', query: '', headers: {}, ...asked, body: read }
}

function parsed(asked: Asked, configured: Partial<RequestConfig> = {}): Promise<ApiRequest> {
  return parseRequest(webRequest(asked), { ...config, ...configured })
}

async function refusalOf(asked: Asked, configured: Partial<RequestConfig> = {}) {
  const thrown: unknown = await parsed(asked, configured).catch((reason: unknown) => reason)
  return thrown instanceof Refusal ? { code: thrown.code, detail: thrown.detail } : thrown
}

describe('the target', () => {
  test.each([
    ['/', { kind: 'root' }],
    ['', { kind: 'root' }],
    ['/tasks', { kind: 'relation', name: 'tasks' }],
    ['/Escap3e;', { kind: 'relation', name: 'Escap3e;' }],
    ['/a%2Fb+c', { kind: 'relation', name: 'a/b+c' }],
    ['/%D9%85%D9%88%D8%A7%D8%B1%D8%AF', { kind: 'relation', name: 'موارد' }],
    ['/rpc', { kind: 'relation', name: 'rpc' }],
    ['/rpc/say%20hello', { kind: 'routine', name: 'say hello' }],
    ['/%00%ff%', { kind: 'relation', name: '\0\ufffd%' }],
  ])('of %s', async (path, target) => {
    expect(await parsed({ path })).toMatchObject({ target, rawPath: path })
  })

  test.each(['/a/b', '/tasks/', '//', '/rpc/a/b', '/rpc/a/'])('of %s is refused', async (path) => {
    expect(await refusalOf({ path })).toEqual({ code: 'request.path-invalid', detail: {} })
  })

  test('of / is what the operator says', async () => {
    expect(await parsed({ path: '/' }, { root: { kind: 'routine', name: 'root' } })).toMatchObject({
      target: { kind: 'routine', name: 'root' },
      action: { kind: 'call', by: 'get' },
    })
    expect(await refusalOf({ path: '/' }, { root: { kind: 'disabled' } })).toMatchObject({
      code: 'request.root-disabled',
    })
  })
})

describe('the action', () => {
  test.each([
    ['GET', '/t', { kind: 'read', headersOnly: false }],
    ['HEAD', '/t', { kind: 'read', headersOnly: true }],
    ['POST', '/t', { kind: 'insert' }],
    ['PUT', '/t', { kind: 'upsert-one' }],
    ['PATCH', '/t', { kind: 'update' }],
    ['DELETE', '/t', { kind: 'delete' }],
    ['OPTIONS', '/t', { kind: 'options' }],
    ['GET', '/rpc/f', { kind: 'call', by: 'get' }],
    ['HEAD', '/rpc/f', { kind: 'call', by: 'head' }],
    ['POST', '/rpc/f', { kind: 'call', by: 'post' }],
    ['OPTIONS', '/rpc/f', { kind: 'options' }],
    ['GET', '/', { kind: 'describe', headersOnly: false }],
    ['HEAD', '/', { kind: 'describe', headersOnly: true }],
    ['OPTIONS', '/', { kind: 'options' }],
  ])('of %s %s', async (method, path, action) => {
    expect(await parsed({ method, path, body: '{}' })).toMatchObject({ action })
  })

  test.each([
    ['FOO', '/t', 'request.method-unsupported'],
    ['get', '/t', 'request.method-unsupported'],
    ['POST', '/', 'request.method-unsupported'],
    ['PATCH', '/rpc/f', 'request.rpc-method-unsupported'],
    ['TRACE', '/rpc/f', 'request.rpc-method-unsupported'],
  ])('of %s %s is refused', async (method, path, code) => {
    expect(await refusalOf({ method, path })).toEqual({ code, detail: { method } })
  })
})

describe('the schema', () => {
  const summer = Buffer.from('été').toString('latin1')
  test.each([
    ['GET', {}, 'public'],
    ['GET', { 'accept-profile': summer, 'content-profile': 'x' }, 'été'],
    ['HEAD', { 'accept-profile': summer }, 'été'],
    ['POST', { 'content-profile': summer, 'accept-profile': 'x' }, 'été'],
    ['DELETE', { 'accept-profile': summer }, 'public'],
  ])('of %s with %o is %s', async (method, headers, schema) => {
    expect(await parsed({ method, headers, body: '{}' })).toMatchObject({ schema, profileNegotiated: true })
  })

  test('is not negotiated where there is only one and nobody asks', async () => {
    expect(await parsed({}, { schemas: ['api'] })).toMatchObject({ schema: 'api', profileNegotiated: false })
    const headers = { 'accept-profile': 'api' }
    expect(await parsed({ headers }, { schemas: ['api'] })).toMatchObject({ profileNegotiated: true })
  })

  test('that is not exposed is refused', async () => {
    expect(await refusalOf({ headers: { 'accept-profile': 'auth' } })).toEqual({
      code: 'request.schema-unknown',
      detail: { schema: 'auth', exposed: ['public', 'été'] },
    })
  })
})

describe('what is wrong first is said first', () => {
  const everythingWrong = {
    method: 'PUT',
    query: 'select=!&limit=-1',
    body: '{',
    headers: { 'content-profile': 'auth' },
  }
  test.each([
    [{ ...everythingWrong, path: '/a/b' }, 'request.path-invalid'],
    [{ ...everythingWrong, method: 'POST', path: '/' }, 'request.schema-unknown'],
    [{ ...everythingWrong, headers: {}, method: 'FOO' }, 'request.method-unsupported'],
    [{ ...everythingWrong, headers: {}, query: 'select=a!&limit=-1' }, 'request.query-malformed'],
    [{ ...everythingWrong, headers: {}, query: 'limit=-1' }, 'request.range-invalid'],
    [{ ...everythingWrong, headers: {}, query: 'limit=1' }, 'request.put-range'],
    [{ ...everythingWrong, headers: {}, query: '' }, 'request.body-invalid'],
  ])('%o: %s', async (asked, code) => {
    expect(await refusalOf(asked)).toMatchObject({ code })
  })
})

test('a read carries its canonical query, its headers without the cookies, and the cookies', async () => {
  const headers = { cookie: 'a=1; b=x=y; __proto__=p; c', 'x-name': Buffer.from('é').toString('latin1') }
  const request = await parsed({ query: 'b=eq.1&a=eq.1', headers })
  expect(request).toMatchObject({ canonicalQuery: 'a=eq.1&b=eq.1', headers: { 'x-name': 'é' }, payload: null })
  expect(request.headers).not.toHaveProperty('cookie')
  expect(Object.entries(request.cookies)).toEqual([
    ['a', '1'],
    ['b', 'x=y'],
    ['__proto__', 'p'],
    ['c', ''],
  ])
})

function unreadableBody(): Promise<Buffer> {
  return Promise.reject(new Error('the body was read'))
}

test.each(['GET', 'DELETE', 'OPTIONS'])('the body of %s is not read', async (method) => {
  const web = { ...webRequest({ method }), body: unreadableBody }
  await expect(parseRequest(web, config)).resolves.toMatchObject({ payload: null })
})

test('columns on POST say which keys count; PUT does not look at them', async () => {
  const asked = { path: '/t', query: 'columns=a', body: '{"a":1,"b":2}' }
  expect(await parsed({ ...asked, method: 'POST' })).toMatchObject({
    query: { columns: ['a'] },
    payload: { keys: null },
  })
  expect(await parsed({ ...asked, method: 'PUT' })).toMatchObject({
    query: { columns: null },
    payload: { keys: ['a', 'b'] },
  })
})

describe('a query in the body', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const override = { ...form, 'x-http-method-override': 'GET' }

  test.each([
    ['QUERY', form],
    ['POST', override],
    ['POST', { ...override, 'x-http-method-override': ' get' }],
  ])('%s with %o is the GET of both queries', async (method, headers) => {
    const asked = { path: '/tasks', query: 'select=id', body: 'a=in.(1,2)&b=eq.x%20y+z&limit=3' }
    const plain = await parsed({ path: asked.path, query: `${asked.query}&${asked.body}`, headers })
    expect(await parsed({ ...asked, method, headers })).toEqual({ ...plain, canonicalQuery: null })
  })

  test('of a function gives its arguments', async () => {
    expect(await parsed({ method: 'QUERY', path: '/rpc/add', body: 'a=1&b=2', headers: form })).toMatchObject({
      action: { kind: 'call', by: 'get' },
      query: {
        arguments: [
          ['a', '1'],
          ['b', '2'],
        ],
      },
    })
  })

  test('looks at the profile and the range as GET does', async () => {
    const headers = { ...form, 'accept-profile': 'été', 'content-profile': 'nowhere', range: '2-3' }
    const latin1 = { ...headers, 'accept-profile': Buffer.from('été').toString('latin1') }
    expect(await parsed({ method: 'QUERY', headers: latin1 })).toMatchObject({
      schema: 'été',
      range: { offset: 2, limit: 2 },
    })
  })

  test('another override, or one on another method, changes nothing', async () => {
    const headers = { 'x-http-method-override': 'DELETE' }
    expect(await parsed({ method: 'POST', body: '{}', headers })).toMatchObject({ action: { kind: 'insert' } })
    expect(await parsed({ method: 'PATCH', body: '{}', headers: { 'x-http-method-override': 'GET' } })).toMatchObject({
      action: { kind: 'update' },
    })
  })

  test('is a form and nothing else, and has its bound', async () => {
    const json = { method: 'QUERY', body: '{}', headers: { 'content-type': 'application/json' } }
    const reason = 'Content-Type not acceptable: application/json'
    expect(await refusalOf(json)).toEqual({ code: 'request.body-invalid', detail: { reason } })
    expect(await refusalOf({ ...json, headers: {} })).toEqual({ code: 'request.body-invalid', detail: { reason } })
    const limits = { ...defaultRequestLimits, queryBodyLength: 3 }
    expect(await refusalOf({ method: 'QUERY', body: 'a=eq.1', headers: form }, { limits })).toEqual({
      code: 'request.body-too-large',
      detail: { limit: 3 },
    })
  })
})

test('an address beyond the bound is refused', async () => {
  const limits = { ...defaultRequestLimits, urlLength: 20 }
  expect(await refusalOf({ query: 'a=eq.0123456789012345' }, { limits })).toEqual({
    code: 'request.limit-exceeded',
    detail: { limit: 'url-length', maximum: 20 },
  })
})

test('a query that is no UTF-8 is refused', async () => {
  expect(await refusalOf({ query: 'a=eq.%ff' })).toEqual({
    code: 'request.encoding-invalid',
    detail: { where: 'query' },
  })
})
