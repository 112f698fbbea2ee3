import { expect, it } from 'vitest'
import { z } from 'zod'

import { isRefusal } from '../../refusal/refusal.ts'
import { checked } from './checked.ts'

const shape = z.object({
  name: z.string(),
  limit: z.int().min(1).max(10).optional(),
  order: z.enum(['asc', 'desc']).optional(),
  paths: z.array(z.string()).min(1).max(2).optional(),
  size: z.union([z.int(), z.string().regex(/^\d+MB$/)]).optional(),
  nested: z.object({ column: z.string(), order: z.enum(['asc']) }).optional(),
  truth: z.boolean().optional(),
  facts: z.record(z.string(), z.string()).optional(),
  odd: z
    .string()
    .refine((text) => text === 'even', { error: 'must be even\nmust be rare' })
    .optional(),
})

function reasonFor(value: unknown): string {
  try {
    checked('body', shape, value)
    return 'fine'
  } catch (thrown) {
    return isRefusal(thrown) && thrown.code === 'storage.request-invalid' ? thrown.detail.reason : String(thrown)
  }
}

it.each([
  [{ name: 'a', limit: 3, paths: ['x'], size: '5MB' }, 'fine'],
  [{}, "body must have required property 'name'"],
  [[], 'body must be object'],
  [{ name: [] }, 'body/name must be string'],
  [{ name: 'a', limit: 0 }, 'body/limit must be >= 1'],
  [{ name: 'a', limit: 11 }, 'body/limit must be <= 10'],
  [{ name: 'a', limit: 1.5 }, 'body/limit must be integer'],
  [{ name: 'a', order: 'up' }, 'body/order must be equal to one of the allowed values'],
  [{ name: 'a', paths: [] }, 'body/paths must NOT have fewer than 1 items'],
  [{ name: 'a', paths: ['x', 'y', 'z'] }, 'body/paths must NOT have more than 2 items'],
  [{ name: 'a', paths: [{}] }, 'body/paths/0 must be string'],
  [{ name: 'a', limit: null }, 'body/limit must be >= 1'],
  [{ name: 'a', limit: 'x' }, 'body/limit must be integer'],
  [{ name: 'a', limit: '1.5' }, 'body/limit must be integer'],
  [{ name: 'a', truth: 2 }, 'body/truth must be boolean'],
  [{ name: 'a', facts: null }, 'body/facts must be object'],
  [{ name: 'a', nested: { column: 'a', order: undefined } }, "body/nested must have required property 'order'"],
  [{ name: 'a', odd: 'odd' }, 'body/odd must be even, body/odd must be rare'],
  [{ name: 'a', size: 'big' }, 'body/size must match pattern "^\\d+MB$"'],
  [{ name: 'a', size: null }, 'body/size must match a schema in anyOf'],
  [{ name: 'a', nested: {} }, "body/nested must have required property 'column'"],
])('says what is wrong as the clients know it: %j', (value, reason) => {
  expect(reasonFor(value)).toBe(reason)
})

it('turns values of simple types into those that are wanted', () => {
  const said = { name: 3, limit: '4', paths: 5, truth: 'true', nested: { column: null, order: 'asc' } }
  expect(checked('body', shape, said)).toEqual({
    name: '3',
    limit: 4,
    paths: ['5'],
    truth: true,
    nested: { column: '', order: 'asc' },
  })
  expect(said.limit).toBe('4')
})
