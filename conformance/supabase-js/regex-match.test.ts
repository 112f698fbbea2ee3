import { expect, test } from 'vitest'

import { films, idsOf } from './cinema/client.ts'

test('finds what matches a regular expression', async () => {
  expect(await idsOf(films().regexMatch('title', '^[PV].*e$'))).toEqual([4])
})

test('tells capitals from small letters', async () => {
  expect(await idsOf(films().regexMatch('title', '^p'))).toEqual([])
})

test('refuses what is no regular expression with what Postgres says', async () => {
  const { status, error } = await films().regexMatch('title', '[')
  expect([status, error?.code]).toEqual([400, '2201B'])
})
