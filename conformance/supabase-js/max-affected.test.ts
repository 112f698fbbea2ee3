import { expect, test } from 'vitest'

import { typed } from './cinema/client.ts'

const table = () => typed.from('max_affected_films')

test('as many rows as allowed are changed', async () => {
  const { status, error } = await table().update({ year: 2000 }).lte('id', 2).maxAffected(2)
  expect([status, error]).toEqual([204, null])
})

test('more rows than allowed are refused, and none is changed', async () => {
  const updated = await table().update({ year: 1900 }).gte('id', 1).maxAffected(2)
  expect([updated.status, updated.error?.code]).toEqual([400, 'PGRST124'])
  expect(updated.error).toMatchObject({
    message: 'Query result exceeds max-affected preference constraint',
    details: 'The query affects 5 rows',
  })
  const deleted = await table().delete().gte('id', 1).maxAffected(4).select()
  expect(deleted.error?.code).toBe('PGRST124')
  expect((await table().select('id').eq('year', 1900)).data).toEqual([])
  expect((await table().select('id')).data).toHaveLength(5)
})

test('a function may not return more rows than allowed', async () => {
  const { error } = await typed.rpc('films_of', { director: 1 }).maxAffected(1)
  expect(error?.code).toBe('PGRST124')
  expect((await typed.rpc('films_of', { director: 1 }).maxAffected(2)).data).toHaveLength(2)
})
