import { expect, it } from 'vitest'

import type { Bus, BusEvent } from '../../fanout/bus.ts'
import { createMemoryNetwork } from '../../fanout/contract/memory-network.test-support.ts'
import { createManualClock } from '../testing/manual-clock.test-support.ts'
import { openProcess, type Process } from '../testing/present-channel.test-support.ts'

const clock = createManualClock()

interface Flawed extends Process {
  readonly bus: Bus
  /** While true, what this process publishes is lost, and nobody is told so. */
  isMute: boolean
  /** As after a cut that was too short for anybody to be missed. */
  mended(): void
}

/** Processes on one network that loses messages when it is told to. */
function openProcesses(count: number): {
  readonly all: readonly [Flawed, Flawed]
  readonly kill: (process: Flawed) => void
} {
  const network = createMemoryNetwork()
  const buses = Array.from({ length: count }, () => network.open())
  const all = buses.map((bus) => flawed(bus)) as unknown as readonly [Flawed, Flawed]
  return { all, kill: ({ bus }) => network.kill(bus) }
}

function flawed(bus: Bus): Flawed {
  const watchers = new Set<(event: BusEvent) => void>()
  const flaw = {
    isMute: false,
    bus,
    mended: () => watchers.forEach((hear) => hear({ kind: 'mended' })),
  }
  const carrier: Bus = {
    ...bus,
    publish: (subject, payload) => (flaw.isMute ? undefined : bus.publish(subject, payload)),
    watch(hear) {
      watchers.add(hear)
      return bus.watch(hear)
    },
  }
  return Object.assign(flaw, openProcess({ bus: carrier, clock }))
}

/** Lets every message that is under way arrive, and what waits for the next tick be told. */
async function settle(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    await new Promise((resolve) => setImmediate(resolve))
    clock.pass(50)
  }
}

it('a channel is shown the members of all processes when it joins, at once', async () => {
  const [here, there] = openProcesses(2).all
  await (await there.join({ key: 'bob' })).track({ on: 'there' })
  const alice = await here.join()
  expect(alice.heard).toEqual([
    { event: 'presence_state', payload: { bob: { metas: [{ on: 'there', phx_ref: expect.any(String) }] } } },
  ])
})

it('a change on one process is a diff on the others', async () => {
  const [here, there] = openProcesses(2).all
  const [alice, bob] = [await here.join(), await there.join({ key: 'bob' })]
  await bob.track({ step: 1 })
  await settle()
  await bob.track({ step: 2 })
  await settle()
  expect(alice.heard.slice(1).map(({ payload }) => payload)).toMatchObject([
    { joins: { bob: { metas: [{ step: 1 }] } }, leaves: {} },
    { joins: { bob: { metas: [{ step: 2 }] } }, leaves: { bob: { metas: [{ step: 1 }] } } },
  ])
})

it('a process that dies leaves with all its members in one diff', async () => {
  const { all, kill } = openProcesses(2)
  const [here, there] = all
  const alice = await here.join()
  for (const key of ['bob', 'carol', 'dave']) await (await there.join({ key })).track({})
  await settle()
  kill(there)
  const before = alice.heard.length
  await settle()
  expect(alice.heard.slice(before)).toMatchObject([
    { event: 'presence_diff', payload: { joins: {}, leaves: { bob: {}, carol: {}, dave: {} } } },
  ])
})

it('who left during a cut that was too short to be noticed is gone once it is mended', async () => {
  const [here, there] = openProcesses(2).all
  const alice = await here.join()
  const bob = await there.join({ key: 'bob' })
  const carol = await there.join({ key: 'carol', subtopic: 'elsewhere' })
  for (const channel of [bob, carol]) await channel.track({})
  await settle()
  there.isMute = true
  bob.leave()
  await settle()
  there.isMute = false
  there.mended()
  await settle()
  expect(alice.view.state()).toEqual({})
})

it('who stays through such a cut is not told of again', async () => {
  const [here, there] = openProcesses(2).all
  const alice = await here.join()
  await (await there.join({ key: 'bob' })).track({})
  await settle()
  const before = alice.heard.length
  there.mended()
  await settle()
  expect(alice.heard.length).toBe(before)
})

it('a message that was lost is made up for when the next one shows it', async () => {
  const [here, there] = openProcesses(2).all
  const alice = await here.join()
  const [bob, carol, dave] = [
    await there.join({ key: 'bob' }),
    await there.join({ key: 'carol' }),
    await there.join({ key: 'dave' }),
  ]
  await bob.track({})
  await settle()
  there.isMute = true
  await carol.track({})
  bob.leave()
  await settle()
  there.isMute = false
  await dave.track({})
  await settle()
  expect(alice.view.state()).toEqual({ carol: [{}], dave: [{}] })
})

it('a process that does not answer holds nobody up for long', async () => {
  const [here, there] = openProcesses(2).all
  there.isMute = true
  const joining = here.join()
  await settle()
  clock.pass(500)
  expect((await joining).heard).toEqual([{ event: 'presence_state', payload: {} }])
})

it.each(['', 'no json', 'null', '7', '[]', '{"kind":"tell"}', '{"kind":"anew"}', '{"kind":"ask","rooms":7}'])(
  'what another version may say is left alone: %j',
  async (said) => {
    const [here, there] = openProcesses(2).all
    const alice = await here.join()
    for (const subject of ['presence', 'presence:public:room', `presence-of:${here.bus.node}`]) {
      there.bus.publish(subject, Buffer.from(said))
    }
    await settle()
    await (await there.join({ key: 'bob' })).track({})
    await settle()
    expect(alice.view.state()).toEqual({ bob: [{}] })
  },
)
