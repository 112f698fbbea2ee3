import { expect, test } from 'vitest'

import { type Explanation, identityOf, secondsLeft, sentenceOf, settingsSql } from './explanation.ts'

const accepted: Explanation = {
  kind: 'token',
  accepted: true,
  header: { alg: 'RS256' },
  claims: { sub: "user_o'neil", exp: 1_800_000_060 },
  issuer: 'https://a.test',
  checks: [],
  postgres: {
    role: 'odd"role',
    settings: [
      { name: 'role', value: 'odd"role' },
      { name: 'request.jwt.claims', value: `{"sub":"user_o'neil"}` },
    ],
  },
  problem: null,
  hints: [],
}
const refused: Explanation = { ...accepted, accepted: false, postgres: null }

test('a check that failed says so in other words than one that passed or was not asked', () => {
  const check = { check: 'expiry', saw: null, expected: null }
  expect(sentenceOf({ ...check, outcome: 'passed' })).toBe('It has not expired.')
  expect(sentenceOf({ ...check, outcome: 'failed' })).toBe('It has expired, or never would.')
  expect(sentenceOf({ ...check, outcome: 'skipped' })).toBe('It has not expired: not asked.')
  expect(sentenceOf({ ...check, check: 'new-check', outcome: 'passed' })).toBe('new-check')
})

test('the settings become SQL with every quote doubled', () => {
  expect(settingsSql(accepted)).toBe(
    `begin;\nselect set_config('request.jwt.claims', '{"sub":"user_o''neil"}', true);\nset local role "odd""role";`,
  )
  expect(settingsSql(refused)).toBe(null)
})

test('an identity is made of an accepted token alone', () => {
  expect(identityOf(accepted)).toMatchObject({ role: 'odd"role', label: "user_o'neil" })
  expect(identityOf(refused)).toBe(null)
})

test('the time left is counted in seconds, also when it is over', () => {
  expect(secondsLeft(accepted, 1_800_000_000_000)).toBe(60)
  expect(secondsLeft(accepted, 1_800_000_090_000)).toBe(-30)
  expect(secondsLeft({ ...accepted, claims: {} }, 0)).toBe(null)
})
