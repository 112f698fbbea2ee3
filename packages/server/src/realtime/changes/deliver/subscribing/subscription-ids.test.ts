import { expect, test } from 'vitest'

import { readItem } from './read-item.ts'
import { createSubscriptionIds } from './subscription-ids.ts'

test('equal subscriptions share a number for as long as one of them lasts', () => {
  const ids = createSubscriptionIds()
  const tasks = { event: '*', schema: 'public', table: 'tasks' }
  const id = ids.take(readItem(tasks))
  expect(id).toBeGreaterThan(0)
  expect(ids.take(readItem({ ...tasks, since: 5, own: 'key' }))).toBe(id)
  expect(ids.take(readItem({ ...tasks, filter: 'id=eq.1' }))).not.toBe(id)
  expect(ids.take(readItem({ ...tasks, select: ['id'] }))).not.toBe(id)
  ids.give(id)
  expect(ids.take(readItem(tasks))).toBe(id)
  ids.give(id)
  ids.give(id)
  expect(ids.take(readItem(tasks))).not.toBe(id)
})
