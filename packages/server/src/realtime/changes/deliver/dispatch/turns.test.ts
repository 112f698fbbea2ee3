import { expect, test } from 'vitest'

import { Turns } from './turns.ts'

test('a long run of small pieces lets others have their turn, a short one does not wait', async () => {
  const turns = new Turns()
  let othersTurns = 0
  setImmediate(() => (othersTurns += 1))
  for (let piece = 0; piece < 10; piece += 1) await turns.spend(40)
  expect(othersTurns).toBe(0)
  for (let piece = 0; piece < 10; piece += 1) await turns.spend(40)
  expect(othersTurns).toBe(1)
})
