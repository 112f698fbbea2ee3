import type { IncomingHttpHeaders } from 'node:http'
import { expect, test } from 'vitest'

import { locationOf } from './location.ts'

const address = { proto: 'https', host: 'api.example.com', path: '/storage/v1/upload/resumable', id: 'aWQ' }
const where = (headers: IncomingHttpHeaders, host = address.host): string => locationOf({ ...address, host }, headers)
const plain = 'https://api.example.com/storage/v1/upload/resumable/aWQ'

test.each<readonly [string, IncomingHttpHeaders, string]>([
  ['nothing is forwarded', {}, plain],
  ['a port comes without a host', { 'x-forwarded-port': '8443' }, plain],
  [
    'a host comes with a port',
    { 'x-forwarded-host': 'api.example.com', 'x-forwarded-port': '8443' },
    'https://api.example.com:8443/storage/v1/upload/resumable/aWQ',
  ],
  ['the port is the usual one', { 'x-forwarded-host': 'api.example.com', 'x-forwarded-port': '443' }, plain],
  ['the port is none', { 'x-forwarded-host': 'api.example.com', 'x-forwarded-port': '1@evil' }, plain],
  [
    'a prefix was taken off',
    { 'x-forwarded-prefix': '/backend/' },
    'https://api.example.com/backend/storage/v1/upload/resumable/aWQ',
  ],
  ['the prefix is in the path already', { 'x-forwarded-prefix': '/storage/v1' }, plain],
  ['the prefix is none', { 'x-forwarded-prefix': '//evil.example/?' }, plain],
])('the address is right where %s', (_what, headers, expected) => {
  expect(where(headers)).toBe(expected)
})

test('a port in the host gives way to the forwarded one', () => {
  const headers = { 'x-forwarded-host': 'api.example.com:80', 'x-forwarded-port': '8443' }
  expect(where(headers, 'api.example.com:80')).toBe('https://api.example.com:8443/storage/v1/upload/resumable/aWQ')
})
