// What the judge lets somebody see is what Postgres lets them select: over generated policies, for every row and
// identity. Any difference is a security bug, or a loss.

import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Change } from '../../change.ts'
import {
  definePolicies,
  dropRoles,
  fixture,
  type GeneratedPolicy,
  identities,
  policies,
  singlePolicies,
} from './generated-policies.test-support.ts'
import { deletionOf, type JudgedTable, judged, openJudgedTable, selectable } from './judging.test-support.ts'

const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31)
console.info(`fast-check seed ${seed} (TEST_SEED repeats it)`)

const RUNS = 60

let door: JudgedTable
let rows: readonly Change[]
let ids: readonly string[]

beforeAll(async () => {
  door = await openJudgedTable({ fixture, table: 'tasks' })
  rows = await door.inserts()
  ids = rows.map(({ record }) => record?.[0] ?? '')
})

afterAll(async () => {
  await door.made.query(dropRoles, 'supabase_admin')
  await door.close()
})

/** For each condition the places of the identities under whom Postgres refuses to evaluate it. */
const refusedTo = new Map<string, ReadonlySet<number>>()

/**
 * Compares each row and identity. Whose claims make a condition fail sees nothing, where Postgres sometimes shows what it
 * comes to before it fails: never more than that.
 */
async function compare(given: readonly GeneratedPolicy[]): Promise<number> {
  await door.redefine(definePolicies(given))
  const { seen, refused } = await selectable(door, identities, 'public.tasks', ids)
  const [only] = given
  if (only !== undefined && singlePolicies.includes(given)) refusedTo.set(only.using, refused)
  const told = JSON.stringify(given)
  const inserts = await judged(door.table, identities, rows)
  const deletes = await judged(door.table, identities, rows.map(deletionOf))
  for (const [place, selected] of seen.entries()) {
    expect(selected, told).toEqual(expect.arrayContaining([...(inserts[place] ?? [])]))
    expect(selected, told).toEqual(expect.arrayContaining([...(deletes[place] ?? [])]))
    expect(inserts[place], told).toEqual(expect.arrayContaining(selected.filter((who) => !mayFail(given, who))))
  }
  return ids.length * identities.length
}

function mayFail(given: readonly GeneratedPolicy[], who: number): boolean {
  for (const [condition, refused] of refusedTo) {
    if (refused.has(who) && given.some(({ using }) => using.includes(condition))) return true
  }
  return false
}

test('each condition alone shows what select shows', { timeout: 120_000 }, async () => {
  let compared = 0
  for (const given of singlePolicies) compared += await compare(given)
  expect(compared).toBeGreaterThan(5_000)
})

test('generated policies together show what select shows', { timeout: 120_000 }, async () => {
  let compared = 0
  const property = fc.asyncProperty(policies, async (given) => {
    compared += await compare(given)
  })
  await fc.assert(property, { seed, numRuns: RUNS, endOnFailure: true })
  expect(compared).toBeGreaterThan(5_000)
})
