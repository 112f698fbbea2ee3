import { expect, test } from 'vitest'

import { publishableKeyOf } from './publishable-key.ts'

test('a publishable key spells its host, closed by a dollar sign', () => {
  const key = publishableKeyOf('tasks.local.clerk.accounts.dev', 'development')
  expect(key.startsWith('pk_test_')).toBe(true)
  expect(Buffer.from(key.slice('pk_test_'.length), 'base64').toString()).toBe('tasks.local.clerk.accounts.dev$')
  expect(publishableKeyOf('clerk.example.com', 'production').startsWith('pk_live_')).toBe(true)
})
