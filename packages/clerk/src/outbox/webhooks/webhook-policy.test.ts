import { expect, test } from 'vitest'

import { nextAttemptAt, webhookPolicyOf } from './webhook-policy.ts'

const at = (attempts: number) => nextAttemptAt(webhookPolicyOf({}), attempts, 0)

test('a delivery is tried eight times over a day and a bit, with growing pauses', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map(at)).toEqual([5e3, 3e5, 1.8e6, 7.2e6, 1.8e7, 3.6e7, 3.6e7])
  expect(at(8)).toBeNull()
})

test('a lease outlasts what an endpoint may take', () => {
  expect(webhookPolicyOf({ patience: 1000, lease: 2000 })).toMatchObject({ patience: 1000, lease: 2000 })
  expect(() => webhookPolicyOf({ lease: 1000 })).toThrow('webhookPolicy.lease')
})
