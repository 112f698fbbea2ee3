import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import type { Catalog } from './catalog.ts'
import { createCatalogKeeper, type CatalogEvent, type CatalogKeeperOptions, type Listen } from './catalog-keeper.ts'

function emptyCatalog(version: number): Catalog {
  return {
    kind: 'catalog',
    version,
    serverVersion: 180_004,
    makesGeoJson: false,
    relations: new Map(),
    routines: new Map(),
    relationships: new Map(),
    representations: [],
    mediaHandlers: [],
    roleSettings: new Map(),
  }
}

type Handlers = Parameters<Listen>[1]

/** A keeper over reads that the test settles one by one. */
function keeperWithReads(extra: Partial<CatalogKeeperOptions> = {}) {
  const reads: { settle(): void; fail(): void }[] = []
  const events: CatalogEvent[] = []
  const heard: Handlers[] = []
  const closings: string[] = []
  const keeper = createCatalogKeeper({
    read: (version) =>
      new Promise((resolve, reject) => {
        reads.push({ settle: () => resolve(emptyCatalog(version)), fail: () => reject(new Error('no connection')) })
      }),
    listen: (channel, handlers) => {
      heard.push(handlers)
      return {
        ready: Promise.resolve(),
        close: async () => {
          closings.push(channel)
        },
      }
    },
    channel: 'pgrst',
    report: (event) => events.push(event),
    now: () => 0,
    ...extra,
  })
  return { keeper, reads, events, heard, closings }
}

const settled = () => vi.advanceTimersByTimeAsync(1)

describe('a catalog keeper', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('refuses with the seconds to wait until the first catalog is there', async () => {
    const { keeper, reads } = keeperWithReads()
    expect(() => keeper.current()).toThrow(
      expect.objectContaining({ code: 'catalog.not-loaded', detail: { retryAfter: 1 } }),
    )
    await settled()
    reads[0]?.settle()
    await keeper.loaded()
    expect(keeper.current().version).toBe(1)
  })

  test('a burst of notifications during a reload causes one more reload after it', async () => {
    const { keeper, reads, heard } = keeperWithReads()
    await settled()
    reads[0]?.settle()
    await settled()
    for (let times = 0; times < 5; times += 1) heard[0]?.onNotification('reload schema')
    await settled()
    expect(reads).toHaveLength(2)
    reads[1]?.settle()
    await settled()
    expect(reads).toHaveLength(3)
    reads[2]?.settle()
    await settled()
    expect(reads).toHaveLength(3)
    expect(keeper.current().version).toBe(3)
  })

  test('the catalog of before is served while a reload is under way and after it failed', async () => {
    const { keeper, reads, heard, events } = keeperWithReads()
    await settled()
    reads[0]?.settle()
    await keeper.loaded()
    heard[0]?.onNotification('')
    await settled()
    expect(keeper.current().version).toBe(1)
    reads[1]?.fail()
    await settled()
    expect(keeper.current().version).toBe(1)
    expect(events.at(-1)).toMatchObject({ kind: 'catalog-load-failed', retryIn: 1_000, stale: true })
  })

  test('failed reads are tried again, each time after twice as long', async () => {
    const { keeper, reads, events } = keeperWithReads()
    await settled()
    reads[0]?.fail()
    await vi.advanceTimersByTimeAsync(1_000)
    reads[1]?.fail()
    await vi.advanceTimersByTimeAsync(1_998)
    expect(reads).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(2)
    expect(reads).toHaveLength(3)
    reads[2]?.settle()
    await keeper.loaded()
    expect(events.map(({ kind }) => kind)).toEqual(['catalog-load-failed', 'catalog-load-failed', 'catalog-loaded'])
  })

  test('a renewed listening connection reads the catalog again', async () => {
    const { keeper, reads, heard } = keeperWithReads()
    await settled()
    reads[0]?.settle()
    await keeper.loaded()
    heard[0]?.onReconnect()
    await settled()
    expect(reads).toHaveLength(2)
  })

  test('a notification of new configuration calls back and then reads the catalog', async () => {
    const order: string[] = []
    const { keeper, reads, heard } = keeperWithReads({
      onConfigReload: async () => {
        order.push(`configuration after ${reads.length} read`)
      },
    })
    await settled()
    reads[0]?.settle()
    await keeper.loaded()
    heard[0]?.onNotification('reload config')
    await settled()
    expect(order).toEqual(['configuration after 1 read'])
    expect(reads).toHaveLength(2)
  })

  test('other payloads are ignored', async () => {
    const { keeper, reads, heard } = keeperWithReads()
    await settled()
    reads[0]?.settle()
    await keeper.loaded()
    heard[0]?.onNotification('reload everything')
    await settled()
    expect(reads).toHaveLength(1)
  })

  test('where listening takes long, the catalog is read without it and once more after', async () => {
    const listening = Promise.withResolvers<void>()
    const { keeper, reads } = keeperWithReads({
      listen: () => ({ ready: listening.promise, close: async () => {} }),
    })
    await vi.advanceTimersByTimeAsync(1_000)
    reads[0]?.settle()
    await keeper.loaded()
    listening.resolve()
    await settled()
    expect(reads).toHaveLength(2)
  })

  test('a changed fingerprint reads the catalog again, an unchanged one does not', async () => {
    const fingerprints = ['a', 'a', 'b']
    const { keeper, reads } = keeperWithReads({
      fingerprint: async () => fingerprints.shift() ?? 'b',
      pollEvery: 5_000,
    })
    await settled()
    reads[0]?.settle()
    await keeper.loaded()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(reads).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(reads).toHaveLength(2)
  })

  test('a miss reads the catalog again where the schema has changed, and not where it has not', async () => {
    let schema = 'a'
    const { keeper, reads } = keeperWithReads({ fingerprint: async () => schema })
    await settled()
    reads[0]?.settle()
    await keeper.loaded()
    const first = keeper.current()
    expect(await keeper.afterMiss(first)).toBe(first)
    expect(reads).toHaveLength(1)
    schema = 'b'
    const missed = keeper.afterMiss(first)
    await settled()
    reads[1]?.settle()
    expect((await missed).version).toBe(2)
    expect((await keeper.afterMiss(first)).version).toBe(2)
    expect(reads).toHaveLength(2)
  })

  test('a miss waits for what is being read already, and is content with it', async () => {
    let schema = 'a'
    const { keeper, reads, heard } = keeperWithReads({ fingerprint: async () => schema })
    await settled()
    reads[0]?.settle()
    await settled()
    schema = 'b'
    heard[0]?.onNotification('')
    const missed = keeper.afterMiss(keeper.current())
    await settled()
    reads[1]?.settle()
    expect((await missed).version).toBe(2)
    expect(reads).toHaveLength(2)
  })

  test('a flood of misses looks for changes one at a time, and rests after a look in vain', async () => {
    let looks = 0
    const { keeper, reads } = keeperWithReads({
      fingerprint: async () => {
        looks += 1
        await new Promise((resolve) => {
          setTimeout(resolve, 10)
        })
        return 'a'
      },
      now: () => Date.now(),
    })
    await vi.advanceTimersByTimeAsync(10)
    reads[0]?.settle()
    await keeper.loaded()
    looks = 0
    for (let time = 0; time < 1_000; time += 1) {
      void keeper.afterMiss(keeper.current())
      await vi.advanceTimersByTimeAsync(1)
    }
    expect(looks).toBeLessThanOrEqual(21)
    expect(reads).toHaveLength(1)
  })

  test('nothing is read any more once it is closed', async () => {
    const { keeper, reads, heard, closings } = keeperWithReads()
    await settled()
    reads[0]?.settle()
    await keeper.loaded()
    await keeper.close()
    heard[0]?.onNotification('')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reads).toHaveLength(1)
    expect(closings).toEqual(['pgrst'])
  })
})
