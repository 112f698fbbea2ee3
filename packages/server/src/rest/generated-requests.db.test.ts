// What the parser and the planner let through compiles to SQL that Postgres runs, or refuses for what it says and
// never for how it is written.

import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openTestDoor, type TestDoor } from './door.test-support.ts'
import { generatedFixture, generatedRequest } from './generated-requests.test-support.ts'

const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31)
console.info(`fast-check seed ${seed} (TEST_SEED repeats it)`)

const RUNS = 4000
const AT_ONCE = 8

let door: TestDoor

beforeAll(async () => {
  const config = { schemas: ['api'], aggregatesEnabled: true, planEnabled: true }
  door = await openTestDoor(generatedFixture, config, AT_ONCE)
})
afterAll(() => door.close())

/** The parser of a text search has SQLSTATE 42601 of its own for what it is given, which is no SQL. */
function isSyntaxError({ code, message }: { readonly code?: string; readonly message?: string }): boolean {
  return code === '42601' && message?.includes('tsquery') !== true
}

test(
  'any request is answered or refused with a code of its own, and never with a syntax error or a 5xx',
  { timeout: 240_000 },
  async () => {
    const statuses = new Map<number, number>()
    const property = fc.asyncProperty(
      fc.array(generatedRequest, { minLength: AT_ONCE, maxLength: AT_ONCE }),
      async (requests) => {
        const answers = await Promise.all(requests.map(({ line, ...sent }) => door.send(line, sent)))
        for (const [index, { status, body, text }] of answers.entries()) {
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
          const told = `${requests[index]?.line} ${requests[index]?.body} → ${status} ${text}`
          expect(status, told).toBeLessThan(500)
          const said = typeof body === 'object' && body !== null && status >= 300 ? (body as { code?: string }) : {}
          expect(isSyntaxError(said), told).toBe(false)
          const saysNothing = status < 300 || text === ''
          expect(saysNothing ? 'PGRST' : said.code, told).toMatch(/^(PGRST|[0-9A-Z]{5}$)/)
        }
      },
    )
    await fc.assert(property, { seed, numRuns: RUNS / AT_ONCE, endOnFailure: true })
    // The generator is worth its name: much of it gets as far as an answer.
    expect((statuses.get(200) ?? 0) + (statuses.get(201) ?? 0) + (statuses.get(206) ?? 0)).toBeGreaterThan(RUNS / 10)
  },
)
