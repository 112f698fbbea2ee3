import { expect, test } from 'vitest'

import { supabase } from './cinema/client.ts'

const table = () => supabase.from('rollback_films')

test('a change answers as if it had been made, and has not been', async () => {
  const added = await table().insert({ title: 'Not kept' }).select('title').rollback()
  expect([added.status, added.data]).toEqual([201, [{ title: 'Not kept' }]])
  const changed = await table().update({ year: 1 }).eq('id', 1).select('year').rollback()
  expect(changed.data).toEqual([{ year: 1 }])
  expect((await table().delete({ count: 'exact' }).eq('id', 1).rollback()).count).toBe(1)
  const { data } = await table().select('id, year').order('id')
  expect(data).toHaveLength(5)
  expect(data?.[0]).toEqual({ id: 1, year: 1962 })
})
