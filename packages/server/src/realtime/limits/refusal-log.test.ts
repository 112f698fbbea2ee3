import { expect, test } from 'vitest'

import { Refusal } from '../../refusal/refusal.ts'
import { createRefusalLog, factOf, type RefusedFact } from './refusal-log.ts'

function logOf() {
  const lines: unknown[] = []
  const clock = { now: 0 }
  const note = createRefusalLog({ now: () => clock.now, write: (fields, words) => void lines.push([words, fields]) })
  return { lines, clock, note }
}

const fact: RefusedFact = {
  what: 'join refused',
  whose: 'a',
  topic: 'realtime:room',
  role: 'anon',
  code: 'realtime.unauthorized',
  reason: 'No',
  right: 'read',
}

test('a fact is written with its fields, once a minute for one connection, topic and code', () => {
  const { lines, clock, note } = logOf()
  for (let time = 0; time < 3; time += 1) note(fact)
  const { what, whose: _whose, ...fields } = fact
  expect(lines).toEqual([[what, { door: 'realtime', ...fields }]])
  note({ ...fact, whose: 'b' })
  note({ ...fact, topic: 'realtime:other' })
  note({ ...fact, code: 'token.expired' })
  expect(lines).toHaveLength(4)
  clock.now = 60_000
  note(fact)
  expect(lines).toHaveLength(5)
})

test('many clients fill no log: what goes beyond is counted', () => {
  const { lines, clock, note } = logOf()
  for (let client = 0; client < 1000; client += 1) note({ ...fact, whose: `${client}` })
  expect(lines).toHaveLength(200)
  clock.now = 60_000
  note(fact)
  expect(lines.slice(200)).toEqual([
    ['more was refused than the log has lines for', { leftOut: 800 }],
    ['join refused', expect.anything()],
  ])
})

test('what a client names is cut', () => {
  const { lines, note } = logOf()
  note({ ...fact, topic: 'x'.repeat(100_000), reason: 'y'.repeat(100_000) })
  expect(JSON.stringify(lines).length).toBeLessThan(700)
})

test('what Postgres said of a policy that failed stands in the log, for nobody else is told', () => {
  const failed = new Refusal('realtime.policy-failed', { topic: 'room', role: 'anon', message: 'division by zero' })
  expect(factOf(failed, 'No', { what: 'join refused', whose: 'a' })).toEqual({
    what: 'join refused',
    whose: 'a',
    role: 'anon',
    right: 'read',
    code: 'realtime.policy-failed',
    reason: 'division by zero: No',
  })
})
