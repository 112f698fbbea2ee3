import { expect, it } from 'vitest'

import { readsTypes } from './print-bucket.ts'

it.each([
  [{}, true],
  [{ 'user-agent': 'supabase-py/storage3 v0.11.9' }, false],
  [{ 'user-agent': 'supabase-py/storage3 v0.12.0' }, false],
  [{ 'user-agent': 'supabase-py/storage3 v0.12.1' }, true],
  [{ 'user-agent': 'supabase-py/storage3 v1.0.0' }, true],
  [{ 'x-client-info': 'supabase-py/2.9.0' }, false],
  [{ 'x-client-info': 'supabase-py/2.17.3' }, false],
  [{ 'x-client-info': 'supabase-py/2.18.0' }, true],
  [{ 'x-client-info': 'supabase-js/2.1.0' }, true],
])('whoever sends %j reads types of buckets: %s', (headers, reads) => {
  expect(readsTypes(headers)).toBe(reads)
})
