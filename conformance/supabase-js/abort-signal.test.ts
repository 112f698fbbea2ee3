import { expect, test } from 'vitest'

import { films, supabase } from './cinema/client.ts'

test('a signal that is not raised changes nothing', async () => {
  const { data } = await films().eq('id', 1).abortSignal(new AbortController().signal)
  expect(data).toEqual([{ id: 1 }])
})

test('what is aborted while it runs ends at once, and the next request is answered', async () => {
  const startedAt = performance.now()
  const { status, error } = await supabase.rpc('wait_a_second').abortSignal(AbortSignal.timeout(50))
  expect([status, error?.message]).toEqual([0, expect.stringMatching(/^(AbortError|TimeoutError): /)])
  expect(performance.now() - startedAt).toBeLessThan(900)
  expect((await films().eq('id', 1)).data).toEqual([{ id: 1 }])
})

test('what is aborted before it is sent is not asked', async () => {
  const { status, error } = await films().abortSignal(AbortSignal.abort())
  expect([status, error?.message]).toEqual([0, expect.stringMatching(/^AbortError: /)])
})
