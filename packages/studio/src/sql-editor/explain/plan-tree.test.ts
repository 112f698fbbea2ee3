import { describe, expect, test } from 'vitest'

import { adviseOn } from './plan-advice.ts'
import { planTree } from './plan-tree.ts'

const scan = {
  'Node Type': 'Seq Scan',
  'Relation Name': 'tasks',
  Schema: 'public',
  Filter: "(user_id = (current_setting('request.jwt.claims'::text, true))::text)",
  'Rows Removed by Filter': 50_000,
  'Total Cost': 900,
  'Plan Rows': 5,
  'Actual Rows': 10,
  'Actual Loops': 2,
  'Actual Total Time': 30,
}
const explained = [
  {
    Plan: {
      'Node Type': 'Sort',
      'Sort Key': ['name', 'id'],
      'Total Cost': 1000,
      'Plan Rows': 5,
      'Actual Rows': 20,
      'Actual Loops': 1,
      'Actual Total Time': 80,
      Plans: [scan],
    },
    'Planning Time': 0.5,
    'Execution Time': 81,
  },
]

test('a step has its own part of the time, of all its loops', () => {
  const tree = planTree(explained)
  expect(tree).toMatchObject({
    planningTime: 0.5,
    executionTime: 81,
    root: { title: 'Sort', milliseconds: 20, share: 0.25 },
  })
  expect(tree?.root.conditions).toEqual([{ name: 'Sort Key', text: 'name, id' }])
  expect(tree?.root.children[0]).toMatchObject({
    title: 'Seq Scan on public.tasks',
    milliseconds: 60,
    share: 0.75,
    rowsMet: 20,
    rowsPlanned: 5,
  })
})

test('what only was planned is shared by cost', () => {
  const tree = planTree([
    { Plan: { 'Node Type': 'Limit', 'Total Cost': 10, Plans: [{ 'Node Type': 'Seq Scan', 'Total Cost': 8 }] } },
  ])
  expect(tree?.root).toMatchObject({ share: 0.2, milliseconds: null, rowsMet: null })
})

test.each([null, [], [{}], 'text'])('%j is no plan', (value) => {
  expect(planTree(value)).toBeNull()
})

describe('advice', () => {
  test('a policy that reads a whole table asks for an index, and for its claims once', () => {
    expect(adviseOn(scan)).toEqual([
      expect.stringContaining('100,000 are thrown away'),
      expect.stringContaining('(select …)'),
    ])
  })

  test('an estimate that is far off asks for ANALYZE', () => {
    const node = {
      'Node Type': 'Index Scan',
      'Relation Name': 't',
      'Plan Rows': 1,
      'Actual Rows': 5000,
      'Actual Loops': 1,
    }
    expect(adviseOn(node)).toEqual([expect.stringContaining('ANALYZE t')])
  })

  test('sorting on disk is told', () => {
    const node = { 'Node Type': 'Sort', 'Sort Space Type': 'Disk', 'Sort Space Used': 4000 }
    expect(adviseOn(node)).toEqual([expect.stringContaining('on disk (4000 kB)')])
  })

  test('a small table is read without a word', () => {
    const node = {
      'Node Type': 'Seq Scan',
      Filter: '(id = 1)',
      'Rows Removed by Filter': 3,
      'Actual Rows': 1,
      'Actual Loops': 1,
    }
    expect(adviseOn(node)).toEqual([])
  })
})
