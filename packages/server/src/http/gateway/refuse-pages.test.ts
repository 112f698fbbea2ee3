import { expect, test } from 'vitest'

import { isRefusal } from '../../refusal/refusal.ts'
import { refusePages } from './refuse-pages.ts'

const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'

/** The refusal's code; null where there is none. */
function codeOf(headers: Readonly<Record<string, string>>): string | null {
  try {
    refusePages({ host: '127.0.0.1:54321', ...headers })
    return null
  } catch (thrown) {
    return isRefusal(thrown) ? thrown.code : 'a fault'
  }
}

test.each([
  ['a program', {}, true],
  ['a program that names an own agent', { 'user-agent': 'curl/8' }, true],
  ['a person who typed the address', { 'user-agent': browser, 'sec-fetch-site': 'none' }, true],
  ['a page of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
  ['a page that reads without asking', { 'sec-fetch-site': 'cross-site' }, false],
  ['a page of another port', { 'sec-fetch-site': 'same-site' }, false],
  ['a page that a function of the project answered with', { 'sec-fetch-site': 'same-origin' }, false],
  ['a page of an older browser', { origin: 'null' }, false],
  ['a page whose name was pointed here', { 'user-agent': browser, host: 'evil.example:54321' }, false],
])('%s may show the secret key: %s', (_who, headers, may) => {
  expect(codeOf(headers)).toBe(may ? null : 'token.secret-key-in-browser')
})
