// Processes that relay a simulated log to each other over a network in memory, and what happens to them. Their time passes in
// beats that the stage gives, so that a play is the same on a machine of any speed.

import { setImmediate as turn } from 'node:timers/promises'

import type { Bus } from '../../../fanout/bus.ts'
import { createMemoryNetwork } from '../../../fanout/contract/memory-network.test-support.ts'
import { type RelayedFeed, relayFeed } from '../relay-feed.ts'
import type { RelayTimes } from '../relay-times.ts'
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
  /** The same, and the reader ends properly. */
  | { readonly kind: 'stop'; readonly which: number }
  /** Is cut from the others; or mended, where it is cut. */
  | { readonly kind: 'cut'; readonly which: number }
  /** Some turns of the event loop. Without beats: one. */
  | { readonly kind: 'rest'; readonly beats: number }

export interface StageOptions {
  readonly times: Omit<RelayTimes, 'beat'>
  readonly keep: number
  /** Listeners take a turn of the event loop for each chunk. */
  readonly isSlow: boolean
  /** Beats after which everybody who is cut is mended. */
  readonly longestCut: number
}

interface Process {
  readonly bus: Bus
  readonly own: SimulatedFeed
  readonly feed: RelayedFeed
  readonly beat: () => void
  readonly heard: string[]
  readonly losses: string[]
  isCut: boolean
}

export const PROCESSES = 3

/** Beats within which all comes right that ever does. */
const ENOUGH = 500

export class Stage {
  readonly processes: Process[] = []
  readonly #options: StageOptions
  readonly #log = new SimulatedLog()
  readonly #network = createMemoryNetwork()
  /** Beats since all reached each other. */
  #apart = 0

  constructor(options: StageOptions) {
    this.#options = options
  }

  /** Every change that was committed, in order. */
  get names(): readonly string[] {
    return this.#log.pieces.flatMap(({ chunk }) => chunk.changes.map(({ record }) => String(record?.[0])))
  }

  /** The log ends where the slot was confirmed. */
  get isConfirmed(): boolean {
    return this.#log.confirmed === this.#log.end
  }

  /** Opens the processes. The first reads, and holds nothing back for anybody who is not there. */
  async open(): Promise<void> {
    for (let count = 0; count < PROCESSES; count += 1) this.processes.push(this.#open())
    this.#at(0).own.attempt()
    await this.#everybodyLive()
    await this.#beats(Math.min(this.#options.times.patience + 1, ENOUGH))
  }

  /** Resolves when everything is mended and everybody has heard the last change. */
  async play(steps: readonly Step[]): Promise<void> {
    await this.open()
    for (const step of steps) await this.do(step)
    this.#mendAll()
    this.#at(0).own.attempt()
    await this.#everybodyLive()
    await this.#until(async () => await this.#areThrough())
  }

  async do(step: Step): Promise<void> {
    if (step.kind === 'commit') this.#log.commit(step.changes)
    else if (step.kind === 'report') this.#log.reader?.report()
    else if (step.kind === 'advance') this.#log.advance()
    else if (step.kind === 'cut') this.#toggle(this.#at(step.which))
    else if (step.kind === 'rest') await this.#rest(step.beats)
    else await this.#unseat(step.kind, step.which)
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map(async ({ feed }) => await feed.close()))
  }

  /** Commits once more, since whoever was told of a loss hears only what comes after it. */
  async #areThrough(): Promise<boolean> {
    this.#log.commit(1)
    await this.#beats(5)
    return this.processes.every(({ heard }) => heard.at(-1) === this.names.at(-1))
  }

  async #rest(beats: number): Promise<void> {
    if (beats === 0) await this.#turn()
    else await this.#beats(beats)
  }

  async #unseat(how: 'break' | 'kill' | 'stop', which: number): Promise<void> {
    const place = this.processes.findIndex(({ own }) => own === this.#log.reader)
    const reader = this.processes[place]
    if (reader !== undefined && how !== 'break') {
      if (how === 'stop') await reader.feed.close()
      this.#network.kill(reader.bus)
      this.processes[place] = this.#open()
    }
    this.#log.reader?.breakOff()
    this.#at(which).own.attempt()
    // Somebody who has just been started is not yet owed anything.
    if (how !== 'break') await this.#live(place)
  }

  async #live(place: number): Promise<void> {
    if (this.#isCut) return
    await this.#until(async () => (this.processes[place]?.feed.state().kind ?? 'live') === 'live')
  }

  async #everybodyLive(): Promise<void> {
    await this.#until(async () => this.processes.every(({ feed }) => feed.state().kind === 'live'))
  }

  async #until(holds: () => Promise<boolean>): Promise<void> {
    for (let beats = 0; !(await holds()); beats += 1) {
      if (beats > ENOUGH) throw new Error('this did not come to be in time')
      await this.#beats(1)
    }
  }

  /** So many of each process, each with a turn to itself. */
  async #beats(count: number): Promise<void> {
    for (let beat = 0; beat < count; beat += 1) {
      if (this.#isCut) this.#apart += 1
      if (this.#apart > this.#options.longestCut) this.#mendAll()
      for (const process of this.processes) {
        process.beat()
        await this.#turn()
      }
    }
  }

  async #turn(): Promise<void> {
    await turn()
    if (!this.#isCut) this.#apart = 0
  }

  get #isCut(): boolean {
    return this.processes.some(({ isCut }) => isCut)
  }

  #mendAll(): void {
    for (const process of this.processes) if (process.isCut) this.#toggle(process)
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
    const beats: (() => void)[] = []
    const every = (_: number, run: () => void): (() => void) => {
      beats.push(run)
      return () => void beats.splice(beats.indexOf(run), 1)
    }
    const feed = relayFeed({ own, bus, keep, times: { beat: 1, ...times }, every, onFault: raise })
    feed.listen(async ({ changes }) => {
      if (this.#options.isSlow) await turn()
      heard.push(...changes.map(({ record }) => String(record?.[0])))
    })
    feed.onLoss((reason) => losses.push(reason))
    const beat = (): void => beats.forEach((run) => run())
    return { bus, own, feed, beat, heard, losses, isCut: false }
  }
}

function raise(error: unknown): never {
  throw error
}
