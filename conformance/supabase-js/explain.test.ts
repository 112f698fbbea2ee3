import { expect, test } from 'vitest'

import { rest, supabase } from './cinema/client.ts'

test('is the plan as text', async () => {
  const { data, error } = await supabase.from('films').select('id').eq('id', 1).explain()
  expect(error).toBeNull()
  expect(data).toMatch(/^Aggregate .*\n/)
  expect(data).not.toContain('actual time')
})

test('is the plan as JSON', async () => {
  const { data, error } = await supabase.from('films').select('id').explain({ format: 'json' })
  expect(error).toBeNull()
  expect(data).toEqual([{ Plan: expect.objectContaining({ 'Node Type': 'Aggregate' }) }])
})

test('analyze runs it, and each option shows what it adds', async () => {
  const all = { analyze: true, verbose: true, settings: true, buffers: true, wal: true } as const
  const { data: text } = await supabase.from('films').select('id').explain(all)
  expect(text).toMatch(/actual time/)
  expect(text).toMatch(/Output: /)
  expect(text).toMatch(/Execution Time: /)
  const { data } = await supabase
    .from('films')
    .select('id')
    .explain({ ...all, format: 'json' })
  expect(data).toEqual([
    expect.objectContaining({
      'Execution Time': expect.any(Number),
      Plan: expect.objectContaining({ 'Actual Rows': expect.any(Number), Output: expect.any(Array) }),
    }),
  ])
})

test('explains changes and functions too', async () => {
  const { data: change } = await supabase.from('films').update({ year: 1 }).eq('id', 0).explain()
  expect(change).toMatch(/Update on films/)
  const { data: call } = await supabase.rpc('films_of', { director: 1 }).explain()
  expect(call).toMatch(/Aggregate/)
})

test.each(['application/json', 'application/vnd.pgrst.object+json', 'text/csv'])(
  'the answer says that it is the plan of %s',
  async (mediaType) => {
    const accept = `application/vnd.pgrst.plan+text; for="${mediaType}"; options=analyze|buffers;`
    const answer = await rest('/films?id=eq.1', { headers: { accept } })
    expect(answer.headers.get('content-type')).toBe(
      `application/vnd.pgrst.plan+text; for="${mediaType}"; options=analyze|buffers; charset=utf-8`,
    )
    expect(await answer.text()).toMatch(/^Aggregate/)
  },
)
