import { expect, test } from 'vitest'

import { PostgrestError } from '@supabase/supabase-js'

import { films, supabase } from './cinema/client.ts'

test('a refusal is thrown with everything the server said', async () => {
  const thrown: unknown = await supabase
    .rpc('refuse')
    .throwOnError()
    .then(
      () => null,
      (error: unknown) => error,
    )
  expect(thrown).toBeInstanceOf(PostgrestError)
  expect(thrown).toMatchObject({ code: 'P0001', message: 'not today', details: 'closed', hint: 'come back tomorrow' })
})

test('what is answered is given', async () => {
  expect((await films().eq('id', 1).throwOnError()).data).toEqual([{ id: 1 }])
})

test('several rows where one was asked for are thrown too', async () => {
  await expect(films().single().throwOnError()).rejects.toMatchObject({ code: 'PGRST116' })
  await expect(films().maybeSingle().throwOnError()).rejects.toMatchObject({ code: 'PGRST116' })
})
