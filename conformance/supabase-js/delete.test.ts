import { expect, test } from 'vitest'

import { rest, supabase } from './cinema/client.ts'

const table = () => supabase.from('delete_films')

test('delete removes what the filter finds and counts it when asked', async () => {
  await table().insert([
    { id: 10, title: 'x' },
    { id: 11, title: 'y' },
  ])
  const { count, status } = await table().delete({ count: 'exact' }).gte('id', 10)
  expect([status, count]).toEqual([204, 2])
})

test('what was removed comes back when asked', async () => {
  const { data, status } = await table().delete().eq('id', 4).select('title, directors(name)')
  expect([status, data]).toEqual([200, [{ title: 'Parasite', directors: { name: 'Bong Joon-ho' } }]])
  expect((await table().select('id').eq('id', 4)).data).toEqual([])
})

test('what others refer to is not removed', async () => {
  const { status, error } = await supabase.from('directors').delete().eq('id', 1)
  expect([status, error?.code]).toEqual([409, '23503'])
})

test('without any filter is refused and changes nothing', async () => {
  const answer = await rest('/directors', { method: 'DELETE' })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: '21000' })
  expect((await supabase.from('directors').select('id')).data).toHaveLength(3)
})
