import { expect, test } from 'vitest'

import { supabase } from './cinema/client.ts'

test('is refused where Postgres has no PostGIS', async () => {
  const { status, error } = await supabase.from('films').select().geojson()
  expect([status, error?.code]).toEqual([406, 'PGRST107'])
  expect(error?.message).toBe('None of these media types are available: application/geo+json')
})
