import { expect, test } from 'vitest'

import { Patience } from './patience.ts'

test('whoever was silent for too long gets more time at the next attempt, until something comes through', () => {
  const patience = new Patience()
  const first = patience.milliseconds
  patience.wasTooShort()
  patience.wasTooShort()
  expect(patience.milliseconds).toBe(4 * first)
  for (let times = 0; times < 20; times += 1) patience.wasTooShort()
  expect(patience.milliseconds).toBe(600_000)
  patience.wasEnough()
  expect(patience.milliseconds).toBe(first)
})
