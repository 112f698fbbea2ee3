import { expect, expectTypeOf, test } from 'vitest'

import { typed } from './cinema/client.ts'

const titled = () => typed.from('films').select('id, title').eq('id', 1)

test('the generated types know columns and embeds without it', async () => {
  const { data } = await typed.from('films').select('id, title, directors(name)').eq('id', 4).single()
  expectTypeOf(data).toEqualTypeOf<{ id: number; title: string; directors: { name: string } | null } | null>()
  expect(data).toEqual({ id: 4, title: 'Parasite', directors: { name: 'Bong Joon-ho' } })
})

test('merges into the type of the rows, or replaces it', async () => {
  const { data: merged } = await titled().overrideTypes<{ title: 'Cléo from 5 to 7' }[]>()
  expectTypeOf(merged).toEqualTypeOf<{ title: 'Cléo from 5 to 7'; id: number }[] | null>()
  const { data: replaced } = await titled().overrideTypes<{ id: 1 }[], { merge: false }>()
  expectTypeOf(replaced).toEqualTypeOf<{ id: 1 }[] | null>()
  expect(merged).toEqual(replaced)
})
