import { expect, test } from 'vitest'
import type { WebRequest } from '../../../rest/web.ts'
import { answerPreflight, corsHeaders } from './cors.ts'

function preflight(origin: string | undefined, requested = 'X-Custom'): WebRequest {
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': requested,
  }
  return { method: 'OPTIONS', path: '/films', query: '', headers, body: () => Promise.resolve(Buffer.alloc(0)) }
}

test('a preflight is answered for any origin where none are listed', () => {
  expect(Object.fromEntries(answerPreflight(preflight('http://a.example'), null)?.headers ?? [])).toEqual({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD',
    'Access-Control-Allow-Headers': 'Authorization, X-Custom, Accept, Accept-Language, Content-Language',
    'Access-Control-Max-Age': '86400',
  })
})

test('a listed origin is named and may bring credentials, another one gets nothing', () => {
  const listed = ['http://a.example']
  expect(corsHeaders(preflight('http://a.example'), listed).slice(0, 2)).toEqual([
    ['Access-Control-Allow-Origin', 'http://a.example'],
    ['Access-Control-Allow-Credentials', 'true'],
  ])
  expect(corsHeaders(preflight('http://b.example'), listed)).toEqual([])
  expect(answerPreflight(preflight('http://b.example'), listed)).toBeNull()
})

test('without an origin nothing is cross-origin', () => {
  expect(answerPreflight(preflight(undefined), null)).toBeNull()
  expect(corsHeaders(preflight(undefined), null)).toEqual([])
})
