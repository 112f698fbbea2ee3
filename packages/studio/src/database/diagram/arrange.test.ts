import { expect, it } from 'vitest'

import { arrange, boxWidth } from './arrange.ts'
import type { DiagramTable, Relationship } from './diagram.ts'

const table = (name: string): DiagramTable => ({
  schema: 'public',
  name,
  kind: 'table',
  rls: true,
  comment: '',
  columns: [{ name: 'id', type: 'bigint', nullable: false, identity: true, primary: true, unique: true }],
})
const key = (from: string, to: string): Relationship => ({
  name: `${from}_${to}`,
  from: { schema: 'public', table: from, columns: ['id'] },
  to: { schema: 'public', table: to, columns: ['id'] },
  one: false,
})

it('puts a table right of the one that it points to, and none over another', () => {
  const placed = arrange({ tables: ['tasks', 'lists', 'alone'].map(table), relationships: [key('tasks', 'lists')] })
  const at = Object.fromEntries(placed.map(({ table: { name }, x, y }) => [name, { x, y }]))
  expect((at['tasks']?.x ?? 0) - (at['lists']?.x ?? 0)).toBeGreaterThan(boxWidth)
  expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(3)
})

it('bears keys that point to themselves, in circles, and out of the schema', () => {
  const relationships = [key('a', 'a'), key('a', 'b'), key('b', 'a'), key('a', 'elsewhere')]
  expect(arrange({ tables: ['a', 'b'].map(table), relationships })).toHaveLength(2)
})
