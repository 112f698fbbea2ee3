import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  boolean,
  constant,
  integer,
  nat,
  oneof,
  record,
} from 'fast-check'
import { expect, test } from 'vitest'

import { PROCESSES, Stage, type Step } from './testing/relay-stage.test-support.ts'

const which = nat(PROCESSES - 1)
const step: Arbitrary<Step> = oneof(
  { weight: 6, arbitrary: record({ kind: constant('commit' as const), changes: integer({ min: 1, max: 7 }) }) },
  { weight: 3, arbitrary: record({ kind: constant('report' as const) }) },
  { weight: 1, arbitrary: record({ kind: constant('advance' as const) }) },
  { weight: 2, arbitrary: record({ kind: constant('break' as const), which }) },
  { weight: 2, arbitrary: record({ kind: constant('kill' as const), which }) },
  { weight: 1, arbitrary: record({ kind: constant('stop' as const), which }) },
  { weight: 2, arbitrary: record({ kind: constant('cut' as const), which }) },
  { weight: 3, arbitrary: record({ kind: constant('rest' as const), beats: integer({ min: 0, max: 12 }) }) },
)
const steps = array(step, { maxLength: 40 })

test('whichever process reads, and whoever is away for a while, each hears every change once and in order', async () => {
  await assert(
    asyncProperty(steps, boolean(), async (played, isSlow) => {
      // Followers hold back the slot for longer than anybody is away, and until they know their reader is dead.
      const stage = new Stage({ times: { silence: 3, patience: 12 }, keep: 1_000_000, isSlow, longestCut: 8 })
      await stage.play(played)
      for (const { heard, losses } of stage.processes) {
        expect(losses).toEqual([])
        expect(heard).toEqual(stage.names.slice(stage.names.indexOf(heard[0] ?? '')))
      }
      await stage.close()
    }),
    { numRuns: 1000 },
  )
}, 60_000)

test('whoever was away for too long is told so, and hears everything after that once and in order', async () => {
  await assert(
    asyncProperty(steps, boolean(), async (played, isSlow) => {
      // Whoever is away for a moment is given up, and almost nothing is kept.
      const stage = new Stage({ times: { silence: 6, patience: 2 }, keep: 200, isSlow, longestCut: Infinity })
      await stage.play(played)
      for (const { heard, losses } of stage.processes) {
        const places = heard.map((name) => stage.names.indexOf(name))
        expect(places).toEqual([...new Set(places)].sort((one, other) => one - other))
        const holes = places.filter((place, index) => index > 0 && place !== (places[index - 1] ?? 0) + 1)
        expect(holes.length).toBeLessThanOrEqual(losses.length)
      }
      await stage.close()
    }),
    { numRuns: 1000 },
  )
}, 60_000)
