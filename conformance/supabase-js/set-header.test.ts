import { expect, test } from 'vitest'

import { films, supabase } from './cinema/client.ts'

test('a header reaches the database', async () => {
  const { data } = await supabase.rpc('seen_headers').setHeader('X-Trace', 'abc')
  expect(data).toMatchObject({ 'x-trace': 'abc' })
})

test('a preference is kept', async () => {
  const { count } = await films().setHeader('Prefer', 'count=exact')
  expect(count).toBe(5)
})

test('a header of one request is not that of the next', async () => {
  await supabase.rpc('seen_headers').setHeader('X-Trace', 'abc')
  expect((await supabase.rpc('seen_headers')).data).not.toHaveProperty('x-trace')
})
