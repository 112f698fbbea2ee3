import { expect, test } from 'vitest'

import { isRefusal } from '../../refusal/refusal.ts'
import { requireOwnHost, requireOwnRequest } from './require-own.ts'

const HOST = '127.0.0.1:54323'

/** The refusal's code; null where there is none. */
function codeOf(work: () => void): string | null {
  try {
    work()
    return null
  } catch (thrown) {
    return isRefusal(thrown) ? thrown.code : 'a fault'
  }
}

test.each([
  ['127.0.0.1:54323', true],
  ['localhost:54323', true],
  ['[::1]:54323', true],
  ['192.168.1.7:54323', true],
  ['studio.example.com', true],
  ['STUDIO.example.com:443', true],
  ['evil.example:54323', false],
  ['127.0.0.1.evil.example', false],
  ['localhost.evil.example', false],
  ['', false],
])('whether Studio answers under the name %s: %s', (host, answers) => {
  const code = codeOf(() => requireOwnHost({ host }, ['studio.example.com']))
  expect(code).toBe(answers ? null : 'studio.host-foreign')
})

test.each([
  ['a read by its own page', 'GET', { 'sec-fetch-site': 'same-origin' }, null],
  ['a read by a person who typed the address', 'GET', { 'sec-fetch-site': 'none' }, null],
  ['a read by a program', 'GET', {}, null],
  ['a read by a page of another port', 'GET', { 'sec-fetch-site': 'same-site' }, 'studio.page-foreign'],
  ['a read by a page of another site', 'GET', { 'sec-fetch-site': 'cross-site' }, 'studio.page-foreign'],
  ['a read with another origin', 'GET', { origin: 'http://127.0.0.1:3000' }, 'studio.page-foreign'],
  ['a change by its own page', 'POST', { 'sec-fetch-site': 'same-origin', 'x-tenon-studio': '1' }, null],
  ['a change by its own page in an older browser', 'DELETE', { origin: `http://${HOST}`, 'x-tenon-studio': '1' }, null],
  ['a change without the header', 'POST', { 'sec-fetch-site': 'same-origin' }, 'studio.header-missing'],
  [
    'a change by a page of another port',
    'PUT',
    { 'sec-fetch-site': 'same-site', 'x-tenon-studio': '1' },
    'studio.page-foreign',
  ],
  [
    'a change by a page of another site',
    'PATCH',
    { origin: 'https://evil.example', 'x-tenon-studio': '1' },
    'studio.page-foreign',
  ],
  [
    'a change by a page that hides its origin',
    'POST',
    { origin: 'null', 'x-tenon-studio': '1' },
    'studio.page-foreign',
  ],
  ['a change that does not say by whom', 'POST', { 'x-tenon-studio': '1' }, 'studio.page-foreign'],
  [
    'a typed address that changes something',
    'POST',
    { 'sec-fetch-site': 'none', 'x-tenon-studio': '1' },
    'studio.page-foreign',
  ],
  ['a preflight', 'OPTIONS', { origin: 'https://evil.example' }, 'studio.page-foreign'],
])('%s', (_what, method, headers, code) => {
  expect(codeOf(() => requireOwnRequest(method, { host: HOST, ...headers }))).toBe(code)
})
