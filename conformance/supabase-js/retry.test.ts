import { expect, test } from 'vitest'

import { supabase } from './cinema/client.ts'

const busy = (attempts: number) => supabase.rpc('busy', { attempts }, { get: true })

test('a 503 is asked again after as long as the answer says', async () => {
  const { data, error } = await busy(2)
  expect([data, error]).toEqual(['served', null])
})

test('a client that does not wish to is told at once', async () => {
  const { status, error } = await busy(1).retry(false)
  expect([status, error]).toMatchObject([503, { code: 'BUSY', message: 'come back' }])
})
