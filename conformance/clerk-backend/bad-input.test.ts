// What no endpoint takes is refused in Clerk’s form.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})

afterAll(async () => {
  await clerk.stop()
})

function send(
  path: string,
  init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
): Promise<Response> {
  const headers = { authorization: `Bearer ${clerk.instance.secretKey}`, ...init.headers }
  return fetch(`${clerk.instance.backendApiUrl}/v1${path}`, { ...init, headers })
}

describe('bad input', () => {
  const json = { 'content-type': 'application/json' }

  test.each<[what: string, path: string, init: Parameters<typeof send>[1], status: number, code: string]>([
    ['a body that is no JSON', '/users', { method: 'POST', body: '{', headers: json }, 400, 'request_body_invalid'],
    ['a body that is a list', '/users', { method: 'POST', body: '[]', headers: json }, 400, 'request_body_invalid'],
    [
      'a key that would reach a prototype',
      '/users',
      { method: 'POST', body: '{"__proto__":{}}', headers: json },
      400,
      'request_body_invalid',
    ],
    [
      'a body of another type',
      '/users',
      { method: 'POST', body: 'a=1', headers: { 'content-type': 'text/csv' } },
      415,
      'unsupported_content_type',
    ],
    [
      'a form where JSON belongs',
      '/users',
      { method: 'POST', body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported_content_type',
    ],
    [
      'JSON that pretends to be a form with a file',
      '/users/user_none/profile_image',
      { method: 'POST', body: '{"kind":"form","fields":{},"file":{}}', headers: json },
      422,
      'form_param_missing',
    ],
    [
      'an endless body',
      '/users',
      { method: 'POST', body: `{"username":"${'x'.repeat(1_100_000)}"}`, headers: json },
      413,
      'request_too_large',
    ],
    ['an endpoint that is not built', '/machinery', {}, 404, 'resource_not_found'],
    [
      'a NUL in a name',
      '/users',
      { method: 'POST', body: String.raw`{"username":"nul_user","first_name":"a\u0000b"}`, headers: json },
      422,
      'form_param_format_invalid',
    ],
    ['a NUL in a path', '/users/user_%00', {}, 400, 'malformed_request_parameters'],
    ['a NUL in a query', '/users?query=%00', {}, 400, 'malformed_request_parameters'],
    [
      'half a surrogate pair in metadata',
      '/users',
      { method: 'POST', body: String.raw`{"username":"half_user","public_metadata":{"a":"\ud800"}}`, headers: json },
      400,
      'malformed_request_parameters',
    ],
    [
      'a body that nests without end',
      '/users',
      { method: 'POST', body: `{"public_metadata":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_001)}`, headers: json },
      400,
      'request_body_invalid',
    ],
    [
      'a NUL in metadata',
      '/users',
      { method: 'POST', body: String.raw`{"username":"nul_user","public_metadata":{"a":"\u0000"}}`, headers: json },
      400,
      'malformed_request_parameters',
    ],
  ])('%s is refused in Clerk’s form', async (_what, path, init, status, code) => {
    const answer = await send(path, init)
    const body = (await answer.json()) as { errors: { code: string }[]; clerk_trace_id: string }
    expect([answer.status, body.errors[0]?.code]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(body.clerk_trace_id).toMatch(/^[0-9a-f]{32}$/)
  })
})
