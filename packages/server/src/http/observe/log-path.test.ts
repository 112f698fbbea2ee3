import { expect, test } from 'vitest'
import { digestOf, logPath } from './log-path.ts'

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl'

test.each([
  ['/rest/v1/tasks', '/rest/v1/tasks'],
  ['/rest/v1/sb_orders', '/rest/v1/sb_orders'],
  ['/rest/v1/task_sk_live_x', '/rest/v1/task_sk_live_x'],
  [`/${token}`, `/${digestOf(token)}`],
  [`/auth/${token}/x`, `/auth/${digestOf(token)}/x`],
  ['/x/Bearer%20sk_live_abc', `/x/Bearer%20${digestOf('sk_live_abc')}`],
  ['/sb_secret_abc_def/x', `/${digestOf('sb_secret_abc_def')}/x`],
  ['/apikey=sb_publishable_abc', `/apikey=${digestOf('sb_publishable_abc')}`],
  ['/v1/sk_test_abc', `/v1/${digestOf('sk_test_abc')}`],
])('%s is logged as %s', (path, logged) => {
  expect(logPath(path)).toBe(logged)
})

test('a long path is cut, and no secret is left in what remains of it', () => {
  const logged = logPath(`/${'x'.repeat(180)}/${token}/${'y'.repeat(9000)}`)
  expect(logged).toHaveLength(200)
  expect(logged.endsWith('…')).toBe(true)
  expect(logged).not.toContain('eyJ')
})
