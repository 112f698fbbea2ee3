import { expect, test } from 'vitest'

import { supabase } from './cinema/client.ts'

test('csv is text with a header line', async () => {
  const { data } = await supabase.from('actors').select('id,name').order('id').limit(1).csv()
  expect(data).toBe('id,name\n1,"Song Kang-ho"')
})

test('null is empty, and quotes are doubled', async () => {
  const { data } = await supabase.from('films').select('title,year,info').in('id', [2, 5]).order('id').csv()
  expect(data).toBe('title,year,info\nVagabond,1985,"{""runtime"": 105}"\nUnreleased,,{}')
})

test('the rows a function returns are a table too', async () => {
  const { data } = await supabase.rpc('films_of', { director: 2 }).select('id').order('id').csv()
  expect(data).toBe('id\n3\n4')
})
