import { expect, test } from 'vitest'

import { inTurn } from './in-turn.ts'

test('four are worked on at once, and the others in the order in which they asked', async () => {
  const begun: number[] = []
  const works = Array.from({ length: 6 }, () => Promise.withResolvers<number>())
  const done = works.map(async ({ promise }, index) =>
    inTurn(async () => {
      begun.push(index)
      return await promise
    }),
  )
  await new Promise((later) => setImmediate(later))
  expect(begun).toEqual([0, 1, 2, 3])
  works[2]?.resolve(2)
  await done[2]
  await new Promise((later) => setImmediate(later))
  expect(begun).toEqual([0, 1, 2, 3, 4])
  for (const [index, { resolve }] of works.entries()) resolve(index)
  expect(await Promise.all(done)).toEqual([0, 1, 2, 3, 4, 5])
})

test('what fails makes room for the next one', async () => {
  const failing = Array.from({ length: 8 }, async () =>
    inTurn(async () => await Promise.reject(new Error('no digest'))),
  )
  for (const each of await Promise.allSettled(failing)) expect(each.status).toBe('rejected')
  expect(await inTurn(async () => 'hashed')).toBe('hashed')
})
