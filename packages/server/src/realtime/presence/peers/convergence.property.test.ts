import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import type { Bus } from '../../fanout/bus.ts'
import { createMemoryNetwork, type MemoryNetwork } from '../../fanout/contract/memory-network.test-support.ts'
import { createManualClock } from '../testing/manual-clock.test-support.ts'
import { openProcess, type PresentChannel, type Process } from '../testing/present-channel.test-support.ts'

/** What may happen, to a process or channel counted modulo how many there are. */
type Step =
  | {
      readonly kind: 'join'
      readonly process: number
      readonly key: string
      readonly enabled: boolean
      readonly room: string
    }
  | { readonly kind: 'track'; readonly channel: number; readonly payload: number }
  | { readonly kind: 'untrack' | 'leave'; readonly channel: number }
  | { readonly kind: 'cut' | 'mend' | 'kill'; readonly process: number }
  | { readonly kind: 'open' | 'pass' | 'hear' }

const index = fc.nat({ max: 11 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('join' as const),
      process: index,
      key: fc.constantFrom('alice', 'bob', '__proto__'),
      enabled: fc.boolean(),
      room: fc.constantFrom('lobby', 'attic'),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant('track' as const), channel: index, payload: fc.nat({ max: 3 }) }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('untrack' as const, 'leave' as const), channel: index }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('cut' as const, 'mend' as const), process: index }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const), process: index }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'open' as const }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constantFrom('pass' as const, 'hear' as const) }) },
)

interface Live extends Process {
  readonly bus: Bus
  isCut: boolean
  readonly channels: Map<PresentChannel, unknown>
}

/** Processes of one project, and what each of their channels is tracked with. */
class World {
  readonly network: MemoryNetwork = createMemoryNetwork()
  readonly clock = createManualClock()
  readonly processes: Live[] = []

  open(): void {
    const bus = this.network.open()
    this.processes.push({ ...openProcess({ bus, clock: this.clock }), bus, isCut: false, channels: new Map() })
  }

  async take(taken: Step): Promise<void> {
    switch (taken.kind) {
      case 'open':
        if (this.processes.length < 3) this.open()
        return
      case 'join':
        return await this.#join(taken)
      case 'track':
      case 'untrack':
      case 'leave':
        return await this.#speak(taken)
      case 'cut':
      case 'mend':
      case 'kill':
        return this.#happen(taken.kind, taken.process)
      case 'pass':
        return this.clock.pass(50)
      case 'hear':
        return await settle()
    }
  }

  async #join({ process, key, enabled, room }: Extract<Step, { kind: 'join' }>): Promise<void> {
    const live = this.processes[process % this.processes.length]
    // A join may wait for another process's answer, which is heard in later steps.
    await Promise.race([
      live?.join({ key, enabled, subtopic: room }).then((channel) => void live.channels.set(channel, undefined)),
      settle(),
    ])
  }

  async #speak(said: Extract<Step, { channel: number }>): Promise<void> {
    const everybody = this.processes.flatMap(({ channels }) =>
      [...channels.keys()].map((channel) => ({ channel, channels })),
    )
    const { channel, channels } = everybody[said.channel % everybody.length] ?? {}
    if (channel === undefined || channels === undefined) return
    if (said.kind === 'leave') {
      channels.delete(channel)
      return channel.leave()
    }
    const payload = said.kind === 'track' ? { step: said.payload } : undefined
    channels.set(channel, payload)
    await (payload === undefined ? channel.untrack() : channel.track(payload))
  }

  #happen(kind: 'cut' | 'mend' | 'kill', process: number): void {
    const live = this.processes[process % this.processes.length]
    if (live === undefined) return
    if (kind === 'kill') {
      if (this.processes.length === 1) return
      live.presence.close()
      this.network.kill(live.bus)
      this.processes.splice(this.processes.indexOf(live), 1)
    } else if (live.isCut !== (kind === 'cut')) {
      live.isCut = kind === 'cut'
      this.network[kind](live.bus)
    }
  }

  /** Mends what is cut, and waits until everybody has heard everything. */
  async calm(): Promise<void> {
    for (const live of this.processes) this.#happen('mend', this.processes.indexOf(live))
    for (let round = 0; round < 4; round++) {
      await settle()
      this.clock.pass(1000)
    }
    await settle()
  }

  watching(): PresentChannel[] {
    return this.processes.flatMap(({ channels }) => [...channels.keys()]).filter(({ view }) => view.hasState)
  }

  /** Payloads by key, of every live process's channels in a room. */
  present(room: string): Record<string, unknown[]> {
    const state: Record<string, unknown[]> = Object.create(null)
    for (const { channels } of this.processes) {
      for (const [{ subtopic, config }, payload] of channels) {
        if (subtopic === room && payload !== undefined) (state[config.presence.key] ??= []).push(payload)
      }
    }
    return state
  }
}

/** Lets every message that is under way arrive, and those that follow from it. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

it('whatever was cut, mended and killed, all who watch come to see all who are there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 80 }), async (steps) => {
      const world = new World()
      world.open()
      world.open()
      for (const taken of steps) await world.take(taken)
      await world.calm()
      const watching = world.watching()
      expect(watching.map(({ view }) => sorted(view.state()))).toEqual(
        watching.map(({ subtopic }) => sorted(world.present(subtopic))),
      )
    }),
    { numRuns: 400 },
  )
})

function sorted(state: Readonly<Record<string, readonly unknown[]>>): [string, string[]][] {
  return Object.entries(state)
    .map(([key, payloads]): [string, string[]] => [key, payloads.map((payload) => JSON.stringify(payload)).sort()])
    .sort(([one], [other]) => one.localeCompare(other))
}
