import { expect, test } from 'vitest'

import { Followers } from './followers.ts'

const times = { beat: 1, silence: 2, patience: 3 }

test('all have heard as much as the one that has heard least, and nothing is held back without anybody', () => {
  const followers = new Followers(times)
  expect([followers.through(), followers.slowest()]).toEqual([null, Infinity])
  followers.enter('ann', 4, 40n)
  followers.enter('bob', 2, 20n)
  expect([followers.through(), followers.slowest()]).toEqual([20n, 2])
  followers.heard('bob', 5, 50n)
  expect([followers.through(), followers.slowest()]).toEqual([40n, 4])
})

test('one that enters twice holds back what it was told first until it says that it has heard it', () => {
  const followers = new Followers(times)
  followers.enter('ann', 2, 20n)
  followers.enter('ann', 4, 40n)
  expect([followers.through(), followers.slowest()]).toEqual([20n, 2])
  followers.heard('ann', 4, 40n)
  expect([followers.through(), followers.slowest()]).toEqual([40n, 4])
})

test('strangers hold back the slot for as long as one that is silent, and never the reading', () => {
  const followers = new Followers(times)
  followers.expectStrangers(10n)
  followers.enter('ann', 4, 40n)
  const seen = Array.from({ length: 5 }, () => {
    const before = [followers.through(), followers.slowest(), followers.size]
    followers.beat(4)
    return before
  })
  expect(seen).toEqual([...Array.from({ length: 4 }, () => [10n, 4, 1]), [null, Infinity, 0]])
})
