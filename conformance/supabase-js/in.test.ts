import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds the values of a list', async () => {
  expect(await idsOf(films().in('title', ['Cléo from 5 to 7', 'Parasite']))).toEqual([1, 4])
})

test('takes values with commas and parentheses whole', async () => {
  expect(await idsOf(films().in('title', ['Parasite', 'Crouching (Tiger), Hidden']))).toEqual([4])
})

test('finds nothing in an empty list', async () => {
  expect(await idsOf(films().in('id', []))).toEqual([])
})

test('takes a list as long as an address may be', async () => {
  expect(
    await idsOf(
      films().in(
        'id',
        Array.from({ length: 4000 }, (_, at) => at),
      ),
    ),
  ).toEqual([1, 2, 3, 4, 5])
})

test('is refused with a 414 where the address is longer', async () => {
  const { status } = await films().in(
    'id',
    Array.from({ length: 9000 }, (_, at) => at),
  )
  expect(status).toBe(414)
})
