import { expect, expectTypeOf, test } from 'vitest'

import { typed } from './cinema/client.ts'

test('names the type of the rows and changes nothing else', async () => {
  const { data } = await typed.from('films').select('id').eq('id', 1).returns<{ id: 1 }[]>()
  expectTypeOf(data).toEqualTypeOf<{ id: 1 }[] | null>()
  expect(data).toEqual([{ id: 1 }])
})
