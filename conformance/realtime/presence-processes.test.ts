import { once } from 'node:events'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { appear, type Present, versions } from './presence/present-client.ts'
import { type RunningProcess, type RunningProcesses, startProcesses } from './processes/running-processes.ts'

let all: RunningProcesses
let one: RunningProcess
let two: RunningProcess

beforeAll(async () => {
  all = await startProcesses({ count: 2 })
  ;[one, two] = all.processes as [RunningProcess, RunningProcess]
})
afterAll(async () => await all[Symbol.asyncDispose]())

async function come(process: RunningProcess, topic: string, key: string, version = versions[0]): Promise<Present> {
  const present = await appear(process.stack, { version: version ?? 'current', topic, key })
  expect(await present.channel.track({ key })).toBe('ok')
  return present
}

const names = (present: Present): string[] => Object.keys(present.state()).toSorted()

test.each(versions)(
  'with realtime-js %s everybody sees those on the other process, newcomers at once',
  async (version) => {
    const topic = `everybody ${version}`
    await using here = await come(one, topic, 'here', version)
    await using there = await come(two, topic, 'there', version)
    await expect
      .poll(() => [names(here), names(there)])
      .toEqual([
        ['here', 'there'],
        ['here', 'there'],
      ])
    await using late = await appear(two.stack, { version, topic, key: 'late' })
    await expect.poll(() => late.heard.filter(([event]) => event === 'join').length).toBe(2)
    expect(late.heard.slice(0, 3).map(([event]) => event)).toEqual(['join', 'join', 'sync'])
  },
)

test('what happened while NATS was away is known everywhere once it is back', async () => {
  await using here = await come(one, 'island', 'here')
  await using leaving = await come(two, 'island', 'leaving')
  await using staying = await come(two, 'island', 'staying')
  await expect.poll(() => names(here)).toEqual(['here', 'leaving', 'staying'])
  two.nats.stayCut()
  await expect.poll(async () => (await two.facts()).processes, { timeout: 5000 }).toMatch(/^NATS is away/)
  await leaving.channel.unsubscribe()
  await using coming = await come(two, 'island', 'coming')
  two.nats.mend()
  for (const present of [here, staying, coming]) {
    await expect.poll(() => names(present), { timeout: 10_000 }).toEqual(['coming', 'here', 'staying'])
  }
})

test('a process that is killed takes its members along, and nobody else', async () => {
  await using here = await come(one, 'killed', 'here')
  const gone = [await come(two, 'killed', 'first'), await come(two, 'killed', 'second')]
  await expect.poll(() => names(here)).toEqual(['first', 'here', 'second'])
  const exited = once(two.stack.process, 'exit')
  two.stack.process.kill('SIGKILL')
  await exited
  await expect.poll(() => names(here), { timeout: 10_000 }).toEqual(['here'])
  await Promise.all(gone.map(async (present) => await present[Symbol.asyncDispose]()))
})
