import { expect, test } from 'vitest'

import { planAttempt } from './plan-attempt.ts'
import { parseLsn, type SlotFacts, type Survey } from './survey.ts'

const slot: SlotFacts = { activePid: null, isLost: false, held: 0, confirmed: 0n }
const found: Survey = {
  slotName: 'tenon_realtime_5',
  walLevel: 'logical',
  position: 1n,
  keepLimit: null,
  publications: ['supabase_realtime'],
  slot,
}
const circumstances = { isWanted: true, hadSlot: false, publication: 'supabase_realtime', defect: null }

test.each([
  ['a slot is read from where it was', found, {}, { kind: 'stream', drop: false, create: false, loss: null }],
  ['a slot is read although nobody has asked', found, { isWanted: false }, { kind: 'stream', create: false }],
  ['no slot is made for nobody', { ...found, slot: null }, { isWanted: false }, { kind: 'idle' }],
  [
    'a slot is made for who asks, and nothing was lost',
    { ...found, slot: null },
    {},
    { kind: 'stream', drop: false, create: true, loss: null },
  ],
  [
    'a slot that is gone is made again, at a loss',
    { ...found, slot: null },
    { isWanted: false, hadSlot: true },
    { kind: 'stream', drop: false, create: true, loss: 'the replication slot tenon_realtime_5 was dropped' },
  ],
  [
    'a slot that has lost its log is dropped first',
    { ...found, slot: { ...slot, isLost: true } },
    {},
    { kind: 'stream', drop: true, create: true, loss: expect.stringContaining('max_slot_wal_keep_size') },
  ],
  [
    'so is one that cannot be read on',
    found,
    { defect: 'it cannot' },
    { kind: 'stream', drop: true, create: true, loss: 'it cannot' },
  ],
  ['a slot that is read is waited for', { ...found, slot: { ...slot, activePid: 7 } }, {}, { kind: 'in-use' }],
  [
    'a log that is not decoded comes first',
    { ...found, walLevel: 'replica', slot: null },
    {},
    { kind: 'unavailable', grant: expect.stringContaining('wal_level') },
  ],
  [
    'a publication that is missing is named as the configuration names it',
    { ...found, publications: [] },
    { publication: 'My "own"' },
    { kind: 'unavailable', grant: 'create publication "My ""own""";' },
  ],
])('%s', (_what, survey, differing, plan) => {
  expect(planAttempt(survey, { ...circumstances, ...differing })).toMatchObject(plan)
})

test('a place in the log is a number', () => {
  expect(parseLsn('16/B374D848')).toBe(0x16b374d848n)
})
