// Processes that relay a simulated log to each other over a network in memory, and what happens to them.

import { setTimeout as pause } from 'node:timers/promises'

import type { Bus } from '../../fanout/bus.ts'
import { createMemoryNetwork } from '../../fanout/contract/memory-network.test-support.ts'
import { type RelayedFeed, relayFeed } from './relay-feed.ts'
import type { RelayTimes } from './relay-times.ts'
import { SimulatedFeed, SimulatedLog } from './simulated-log.test-support.ts'

export type Step =
  | { readonly kind: 'commit'; readonly changes: number }
  /** The reader confirms the slot. */
  | { readonly kind: 'report' }
  | { readonly kind: 'advance' }
  /** The reader loses Postgres; `which` takes the slot. */
  | { readonly kind: 'break'; readonly which: number }
  /** The reader dies, another process is started in its place, and `which` takes the slot. */
  | { readonly kind: 'kill'; readonly which: number }
  /** Is cut from the others; or mended, where it is cut. */
  | { readonly kind: 'cut'; readonly which: number }
  | { readonly kind: 'rest' }

export interface StageOptions {
  readonly times: RelayTimes
  readonly keep: number
  /** Listeners take a turn of the event loop for each chunk. */
  readonly isSlow: boolean
}

interface Process {
  readonly bus: Bus
  readonly own: SimulatedFeed
  readonly feed: RelayedFeed
  readonly heard: string[]
  readonly losses: string[]
  isCut: boolean
}

export const PROCESSES = 3

const PATIENCE = 3000

export class Stage {
  readonly processes: Process[] = []
  readonly #options: StageOptions
  readonly #log = new SimulatedLog()
  readonly #network = createMemoryNetwork()

  constructor(options: StageOptions) {
    this.#options = options
  }

  /** Every change that was committed, in order. */
  get names(): readonly string[] {
    return this.#log.pieces.flatMap(({ chunk }) => chunk.changes.map(({ record }) => String(record?.[0])))
  }

  /** Resolves when everything is mended and everybody has heard the last change. */
  async play(steps: readonly Step[]): Promise<void> {
    for (let count = 0; count < PROCESSES; count += 1) this.processes.push(this.#open())
    this.#at(0).own.attempt()
    await this.#everybodyLive()
    for (const step of steps) await this.#do(step)
    for (const process of this.processes) if (process.isCut) this.#toggle(process)
    this.#at(0).own.attempt()
    await this.#everybodyLive()
    await until(async () => await this.#areThrough())
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map(async ({ feed }) => await feed.close()))
  }

  /** Commits once more, since whoever was told of a loss hears only what comes after it. */
  async #areThrough(): Promise<boolean> {
    this.#log.commit(1)
    await pause(20)
    return this.processes.every(({ heard }) => heard.at(-1) === this.names.at(-1))
  }

  async #do(step: Step): Promise<void> {
    if (step.kind === 'commit') this.#log.commit(step.changes)
    else if (step.kind === 'report') this.#log.reader?.report()
    else if (step.kind === 'advance') this.#log.advance()
    else if (step.kind === 'cut') this.#toggle(this.#at(step.which))
    else if (step.kind === 'rest') await pause(10)
    else await this.#unseat(step.kind, step.which)
  }

  async #unseat(how: 'break' | 'kill', which: number): Promise<void> {
    const place = this.processes.findIndex(({ own }) => own === this.#log.reader)
    const reader = this.processes[place]
    if (reader !== undefined && how === 'kill') {
      this.#network.kill(reader.bus)
      this.processes[place] = this.#open()
    }
    this.#log.reader?.breakOff()
    this.#at(which).own.attempt()
    // Somebody who has just been started is not yet owed anything.
    if (how === 'kill') await this.#live(place)
  }

  async #live(place: number): Promise<void> {
    if (this.processes.some(({ isCut }) => isCut)) return
    await until(async () => (this.processes[place]?.feed.state().kind ?? 'live') === 'live')
  }

  async #everybodyLive(): Promise<void> {
    await until(async () => this.processes.every(({ feed }) => feed.state().kind === 'live'))
  }

  #toggle(process: Process): void {
    if (process.isCut) this.#network.mend(process.bus)
    else this.#network.cut(process.bus)
    process.isCut = !process.isCut
  }

  #at(which: number): Process {
    const process = this.processes[which]
    if (process === undefined) throw new Error('there is no such process')
    return process
  }

  #open(): Process {
    const bus = this.#network.open()
    const own = new SimulatedFeed(this.#log)
    const [heard, losses]: [string[], string[]] = [[], []]
    const { keep, times } = this.#options
    const feed = relayFeed({ own, bus, keep, times, onFault: raise })
    feed.listen(async ({ changes }) => {
      if (this.#options.isSlow) await pause(0)
      heard.push(...changes.map(({ record }) => String(record?.[0])))
    })
    feed.onLoss((reason) => losses.push(reason))
    return { bus, own, feed, heard, losses, isCut: false }
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('this did not come to be in time')
    await pause(2)
  }
}

function raise(error: unknown): never {
  throw error
}
