import { expect, test } from 'vitest'

import { supabase } from './cinema/client.ts'

test('reads, writes and calls what the schema has', async () => {
  const archive = supabase.schema('archive')
  expect((await archive.from('films').select()).data).toEqual([{ id: 1, title: 'Lost' }])
  const added = await archive.from('films').insert({ id: 2, title: 'Found' }).select('title')
  expect([added.status, added.data]).toEqual([201, [{ title: 'Found' }]])
  expect((await archive.rpc('films_kept')).data).toBe(2)
  expect((await archive.rpc('films_kept', {}, { get: true })).data).toBe(2)
  expect((await archive.from('films').delete().eq('id', 2)).status).toBe(204)
})

test('knows nothing of other schemas', async () => {
  const { status, error } = await supabase.schema('archive').from('actors').select()
  expect([status, error?.code]).toEqual([404, 'PGRST205'])
})

test('a schema that is not exposed is refused', async () => {
  const { status, error } = await supabase.schema('auth').from('users').select()
  expect([status, error?.code]).toEqual([406, 'PGRST106'])
})
