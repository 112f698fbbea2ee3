import * as fc from 'fast-check'
import { loadModule, parseSync } from 'libpg-query'
import { beforeAll, expect, test } from 'vitest'

import { problemOfExpression } from './expression-problem.ts'

beforeAll(async () => await loadModule())

/** What leaves brackets, strings and comments, and what only seems to. */
const marks = ['(', ')', '[', ']', ';', ',', '$$', '$q$', '$1', '--', '/*', '*/', '\n', '\r', ' ', '\\', "\\'"]
const quotes = ["'", "''", '"', "E'", "e'", "U&'", "B'", 'U&"']
const words = ['true', 'a', 'a$', '1', '=', 'and', 'with check', 'drop table x', 'using', '::']

const hostile = fc
  .array(fc.constantFrom(...marks, ...quotes, ...words), { maxLength: 14 })
  .map((parts) => parts.join(''))

interface ParsedPolicy {
  readonly qual?: unknown
  readonly with_check?: unknown
}

/** The policy that Postgres would make, or null where its parser refuses; throws for anything but one policy. */
function parsed(text: string): ParsedPolicy | null {
  const stmts = statementsOf(`create policy p on t using (\n  ${text.trim()}\n)`)
  if (stmts === null) return null
  const [only] = stmts
  const node = only?.stmt
  if (stmts.length !== 1 || node === undefined || !('CreatePolicyStmt' in node))
    throw new Error(`not one policy: ${text}`)
  return node.CreatePolicyStmt
}

function statementsOf(text: string): NonNullable<ReturnType<typeof parseSync>['stmts']> | null {
  try {
    return parseSync(text).stmts ?? []
  } catch {
    return null
  }
}

test('whatever is taken as an expression, Postgres reads as the USING of one policy, or refuses', () => {
  let made = 0
  fc.assert(
    fc.property(hostile, (text) => {
      if (problemOfExpression(text) !== null) return
      const policy = parsed(text)
      if (policy === null) return
      made += 1
      expect(policy.with_check).toBeUndefined()
      expect(policy.qual).toBeDefined()
    }),
    { numRuns: 20_000 },
  )
  expect(made).toBeGreaterThan(20)
})
