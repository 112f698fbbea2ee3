// What every driver of the bus must do. A driver's test opens processes on a network of its own.

import { afterEach, describe, expect, test } from 'vitest'

import type { Bus, BusEvent } from '../bus.ts'

export interface BusDriver {
  /** Another process of the same project. */
  open(): Promise<Bus>
  /** Ends the process of `bus` without a word to anybody. */
  kill(bus: Bus): Promise<void>
  /** Cuts this process from the others until `mend`. */
  cut(bus: Bus): Promise<void>
  mend(bus: Bus): Promise<void>
}

/** Patience of the suite in milliseconds: a lost process must be noticed within it. */
const NOTICED = 3000

/** Processes that know each other, closed after the test. */
type Processes = (count: number) => Promise<[Bus, Bus, ...Bus[]]>

export function busContract(driver: BusDriver): void {
  const open: Bus[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map(async (bus) => await bus.close()))
  })
  const processes: Processes = async (count) => {
    const buses = await Promise.all(Array.from({ length: count }, async () => await driver.open()))
    open.push(...buses)
    await until(() => buses.every((bus) => bus.peers().length === count - 1))
    return buses as [Bus, Bus, ...Bus[]]
  }
  describe('what is published', () => {
    subjectsAreKept(processes)
    messagesArrive(processes)
  })
  describe('peers', () => {
    peersAreKnown(driver, processes)
  })
  describe('a connection that is cut', () => {
    cutsAreMended(driver, processes)
  })
}

function messagesArrive(processes: Processes): void {
  test('reaches every other process once, and never the one that published it', async () => {
    const [first, ...others] = await processes(3)
    const heard = [first, ...others].map((bus) => record(bus, 'room'))
    await Promise.all(others.map(async (bus) => await bus.settled()))
    first.publish('room', bytes('hello'))
    first.publish('end', bytes(''))
    await until(() => heard.slice(1).every((texts) => texts.length > 0))
    expect(heard).toEqual([[], [`${first.node} hello`], [`${first.node} hello`]])
  })

  test('arrives in the order of one publisher, whatever its size', async () => {
    const [first, second] = await processes(2)
    const sizes: number[] = []
    second.subscribe('room', (payload) => sizes.push(payload.length))
    await second.settled()
    const sent = [0, 1, 3_000_000, 2, 1_048_576, 3, 5_000_000, 4]
    for (const size of sent) first.publish('room', Buffer.alloc(size, size % 251))
    await until(() => sizes.length === sent.length)
    expect(sizes).toEqual(sent)
  })

  test('comes out as it went in, byte for byte', async () => {
    const [first, second] = await processes(2)
    const payload = Uint8Array.from({ length: 2_500_000 }, (_, index) => (index * 31) % 256)
    const arrived = new Promise<Uint8Array>((resolve) => second.subscribe('room', resolve))
    await second.settled()
    first.publish('room', payload)
    expect(Buffer.compare(await arrived, payload)).toBe(0)
  })

  test('a closed bus is silent, and closing it again is no error', async () => {
    const [first, second] = await processes(2)
    const heard = record(second, 'room')
    const kept = record(first, 'room')
    await second.settled()
    await first.close()
    await first.close()
    first.publish('room', bytes('no'))
    second.publish('room', bytes('no'))
    await until(() => second.peers().length === 0)
    expect([heard, kept]).toEqual([[], []])
  })
}

function subjectsAreKept(processes: Processes): void {
  test.each([
    ['a', 'a'],
    ['with space', 'with space'],
    ['dots..and.', 'dots..and.'],
    ['*', '*'],
    ['a.>', 'a.>'],
    ['ünïcode ☕', 'ünïcode ☕'],
    ['x five thousand times', 'x'.repeat(5000)],
    ['nothing', ''],
  ])('keeps to its subject, even one named %s', async (_, subject) => {
    const [first, second] = await processes(2)
    const heard = record(second, subject)
    const elsewhere = [record(second, `${subject}.a`), record(second, 'b')]
    await second.settled()
    first.publish(subject, bytes('yes'))
    first.publish('b', bytes('end'))
    await until(() => elsewhere[1]?.length === 1 && heard.length === 1)
    expect([heard, elsewhere[0]]).toEqual([[`${first.node} yes`], []])
  })

  test('reaches each of several listeners of one subject until that one stops', async () => {
    const [first, second] = await processes(2)
    const [one, other]: [string[], string[]] = [[], []]
    const stop = second.subscribe('room', (payload) => one.push(text(payload)))
    second.subscribe('room', (payload) => other.push(text(payload)))
    await second.settled()
    first.publish('room', bytes('1'))
    await until(() => other.length === 1)
    stop()
    first.publish('room', bytes('2'))
    await until(() => other.length === 2)
    expect([one, other]).toEqual([['1'], ['1', '2']])
  })
}

function peersAreKnown(driver: BusDriver, processes: Processes): void {
  test('are told of one that comes and one that closes', async () => {
    const [first, second] = await processes(2)
    const events = watch(first)
    const third = await driver.open()
    await until(() => events.includes(`peer-joined ${third.node}`))
    await third.close()
    await until(() => events.includes(`peer-left ${third.node}`))
    expect(first.peers()).toEqual([second.node])
  })

  test('notice within three seconds that one was killed', async () => {
    const [first, second] = await processes(2)
    const events = watch(first)
    await driver.kill(second)
    await until(() => events.includes(`peer-left ${second.node}`))
    expect(first.peers()).toEqual([])
  })
}

function cutsAreMended(driver: BusDriver, processes: Processes): void {
  test('is told of, and once mended everything subscribed before and meanwhile is heard again', async () => {
    const [first, second] = await processes(2)
    const events = watch(second)
    const before = record(second, 'before')
    await driver.cut(second)
    await until(() => events.includes('cut'))
    expect(second.state().kind).toBe('cut')
    const meanwhile = record(second, 'meanwhile')
    second.publish('before', bytes('lost'))
    await second.settled()
    await driver.mend(second)
    await until(() => events.includes('mended') && first.peers().length === 1)
    await second.settled()
    first.publish('before', bytes('1'))
    first.publish('meanwhile', bytes('2'))
    await until(() => meanwhile.length === 1)
    expect([before, meanwhile]).toEqual([[`${first.node} 1`], [`${first.node} 2`]])
    expect(second.state()).toEqual({ kind: 'connected' })
  })

  test('makes both sides see each other leave and come back', async () => {
    const [first, second] = await processes(2)
    const seen = [watch(first), watch(second)] as const
    await driver.cut(second)
    await until(() => first.peers().length + second.peers().length === 0)
    await driver.mend(second)
    await until(() => first.peers().length + second.peers().length === 2)
    expect(seen[0]).toEqual([`peer-left ${second.node}`, `peer-joined ${second.node}`])
    expect(seen[1].filter((event) => event.startsWith('peer'))).toEqual([
      `peer-left ${first.node}`,
      `peer-joined ${first.node}`,
    ])
  })
}

function record(bus: Bus, subject: string): string[] {
  const heard: string[] = []
  bus.subscribe(subject, (payload, from) => heard.push(`${from} ${text(payload)}`))
  return heard
}

function watch(bus: Bus): string[] {
  const events: string[] = []
  bus.watch((event) => events.push('node' in event ? `${event.kind} ${event.node}` : (event satisfies BusEvent).kind))
  return events
}

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: NOTICED, interval: 10 }).toBe(true)
}

function bytes(words: string): Uint8Array {
  return Buffer.from(words)
}

function text(payload: Uint8Array): string {
  return Buffer.from(payload).toString()
}
