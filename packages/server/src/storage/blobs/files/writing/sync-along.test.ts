import { expect, test } from 'vitest'

import { STRETCH, syncAlong } from './sync-along.ts'

/** Syncs as it is told to, and counts what was asked of it. */
function disk(): { readonly datasync: () => Promise<void>; readonly syncs: PromiseWithResolvers<void>[] } {
  const syncs: PromiseWithResolvers<void>[] = []
  const datasync = async (): Promise<void> => {
    const sync = Promise.withResolvers<void>()
    syncs.push(sync)
    await sync.promise
  }
  return { datasync, syncs }
}

test('a file is synced each time that a stretch of it was written, and nobody waits for the first sync', async () => {
  const { datasync, syncs } = disk()
  const synced = syncAlong({ datasync })
  await synced.wrote(STRETCH - 1)
  expect(syncs).toHaveLength(0)
  await synced.wrote(STRETCH)
  await synced.wrote(2 * STRETCH - 1)
  expect(syncs).toHaveLength(1)
})

test('who is a stretch ahead of the disk waits for it', async () => {
  const { datasync, syncs } = disk()
  const synced = syncAlong({ datasync })
  await synced.wrote(STRETCH)
  const events: string[] = []
  const waiting = synced.wrote(2 * STRETCH).then(() => events.push('written on'))
  await new Promise((later) => setImmediate(later))
  events.push('synced')
  syncs[0]?.resolve()
  await waiting
  expect(events).toEqual(['synced', 'written on'])
  expect(syncs).toHaveLength(2)
})

test('what a sync has met is told to whoever writes on, and to whoever ends', async () => {
  const { datasync, syncs } = disk()
  const synced = syncAlong({ datasync })
  await synced.wrote(STRETCH)
  syncs[0]?.reject(Object.assign(new Error('EIO: no'), { code: 'EIO', syscall: 'fdatasync' }))
  const failing = { code: 'storage.bytes-unavailable', detail: { reason: 'The disk with the bytes fails' } }
  await expect(synced.wrote(2 * STRETCH)).rejects.toMatchObject(failing)
  await expect(synced.settled()).rejects.toMatchObject(failing)
})
