import { expect, test } from 'vitest'

import { supabase } from './cinema/client.ts'

test('is an OpenAPI document of what the caller may use', async () => {
  const { data, error } = await supabase.getOpenApiSpec()
  expect(error).toBeNull()
  expect(data).toMatchObject({
    swagger: '2.0',
    paths: { '/films': { get: expect.any(Object) }, '/rpc/films_of': { post: expect.any(Object) } },
    definitions: { films: { properties: { title: { type: 'string' } } } },
  })
})

test('is of the schema asked for', async () => {
  const { data } = await supabase.schema('archive').getOpenApiSpec()
  expect(Object.keys(data?.paths ?? {})).toEqual(expect.arrayContaining(['/films', '/rpc/films_kept']))
  expect(data?.paths).not.toHaveProperty('/actors')
})
