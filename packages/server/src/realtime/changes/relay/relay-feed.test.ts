import { expect, test } from 'vitest'

import { Stage, type Step } from './testing/relay-stage.test-support.ts'

const commit: Step = { kind: 'commit', changes: 1 }
const report: Step = { kind: 'report' }
const turn: Step = { kind: 'rest', beats: 0 }
/** Longer than a silent reader is believed to live. */
const rest: Step = { kind: 'rest', beats: 8 }
const cut = (which: number): Step => ({ kind: 'cut', which })
const breakOff = (which: number): Step => ({ kind: 'break', which })
const kill = (which: number): Step => ({ kind: 'kill', which })
const stop = (which: number): Step => ({ kind: 'stop', which })

const PATIENCE = 20
const all = { keep: 1_000_000, longestCut: Infinity, isSlow: false }

test.each<{ readonly behaviour: string; readonly steps: readonly Step[] }>([
  {
    behaviour: 'a process that is away while others read one after the other misses nothing',
    steps: [cut(2), breakOff(1), commit, rest, report, breakOff(0)],
  },
  {
    behaviour: 'a process that was away when its reader died is not forgotten by one that has just been started',
    steps: [cut(2), kill(0), commit, rest, report, breakOff(1)],
  },
  {
    behaviour: 'a reader that is cut from the others confirms nothing that they lack',
    steps: [cut(1), breakOff(1), commit, rest, report, breakOff(0)],
  },
  {
    behaviour: 'a process that heard all is told of no loss where the reader was cut from it',
    steps: [commit, cut(1), kill(1), rest, report, breakOff(0)],
  },
  {
    behaviour: 'a reader that ends properly confirms nothing that the others have not said to have heard',
    steps: [commit, turn, stop(0)],
  },
])('$behaviour', async ({ steps }) => {
  const stage = new Stage({ ...all, times: { silence: 6, patience: PATIENCE } })
  await stage.play(steps)
  for (const { losses } of stage.processes) expect(losses).toEqual([])
  expect(stage.processes[2]?.heard).toEqual(stage.names)
  await stage.close()
})

test('whoever begins to read confirms again once it has waited long enough for those who may be away', async () => {
  const stage = new Stage({ ...all, times: { silence: 6, patience: PATIENCE } })
  await stage.open()
  const confirmed: boolean[] = []
  for (const step of [breakOff(1), commit, rest, { kind: 'rest', beats: PATIENCE } as const]) {
    await stage.do(step)
    await stage.do(report)
    confirmed.push(stage.isConfirmed)
  }
  expect(confirmed).toEqual([true, false, false, true])
  await stage.close()
})

test('a process that asks twice before it is answered hears all that comes after the first answer', async () => {
  const stage = new Stage({ ...all, times: { silence: 6, patience: PATIENCE } })
  await stage.play([{ kind: 'commit', changes: 7 }, stop(1), stop(0)])
  for (const { heard } of stage.processes) expect(heard).toEqual(stage.names.slice(stage.names.indexOf(heard[0] ?? '')))
  await stage.close()
})

test('a process that was told of a loss hears nothing of what was lost, so that no more is missing than it was told', async () => {
  const stage = new Stage({ ...all, keep: 200, times: { silence: 6, patience: 2 } })
  const commits: Step = { kind: 'commit', changes: 5 }
  const steps = [commit, kill(0), commit, commits, rest, report, breakOff(0), kill(1)]
  await stage.play(steps)
  const { heard, losses } = stage.processes[2] ?? { heard: [], losses: [] }
  const places = heard.map((name) => stage.names.indexOf(name))
  const holes = places.filter((place, index) => index > 0 && place !== (places[index - 1] ?? 0) + 1)
  expect(holes).toHaveLength(losses.length)
  await stage.close()
})

test('a process that was told of a loss and then reads itself repeats nothing', async () => {
  const stage = new Stage({ ...all, keep: 200, times: { silence: 6, patience: 2 } })
  await stage.play([commit, { kind: 'commit', changes: 5 }, kill(0), { kind: 'rest', beats: 7 }, breakOff(1)])
  for (const { heard } of stage.processes) expect(heard).toEqual([...new Set(heard)])
  await stage.close()
})
