import { expect, test } from 'vitest'

import { createTurnstile } from './turnstile.ts'

test('one thing passes at a time, in the order of asking, whatever becomes of the one before', async () => {
  const turnstile = createTurnstile()
  const order: string[] = []
  const first = turnstile.pass(async () => {
    order.push('first begins')
    await Promise.resolve()
    order.push('first ends')
    throw new Error('broken')
  })
  const second = turnstile.pass(() => order.push('second'))
  await expect(first).rejects.toThrow('broken')
  expect(await second).toBe(3)
  expect(order).toEqual(['first begins', 'first ends', 'second'])
})
