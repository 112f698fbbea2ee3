import { expect, test } from 'vitest'

import { inBatches } from './in-batches.ts'

/** A read whose ends the test decides. */
function heldRead() {
  const batches: { keys: readonly number[]; end: (failure?: Error) => void }[] = []
  const read = (keys: readonly number[]): Promise<ReadonlyMap<number, string>> =>
    new Promise((resolve, reject) => {
      const values = new Map(keys.filter((key) => key > 0).map((key) => [key, `value ${key}`]))
      batches.push({ keys, end: (failure) => (failure === undefined ? resolve(values) : reject(failure)) })
    })
  return { batches, read }
}

test('what is asked while a read is under way goes into the next, each key once', async () => {
  const { batches, read } = heldRead()
  const valueOf = inBatches(read)
  const first = valueOf(1)
  const later = [valueOf(1), valueOf(2), valueOf(1), valueOf(-1)]
  expect(batches.map(({ keys }) => keys)).toEqual([[1]])
  batches[0]?.end()
  expect(await first).toBe('value 1')
  await expect.poll(() => batches.map(({ keys }) => keys)).toEqual([[1], [1, 2, -1]])
  batches[1]?.end()
  expect(await Promise.all(later)).toEqual(['value 1', 'value 2', 'value 1', undefined])
})

test('a read that fails fails for those who shared it and for nobody else', async () => {
  const { batches, read } = heldRead()
  const valueOf = inBatches(read)
  const first = valueOf(1)
  const second = valueOf(2)
  batches[0]?.end(new Error('the database is gone'))
  await expect(first).rejects.toThrow('the database is gone')
  await expect.poll(() => batches.length).toBe(2)
  batches[1]?.end()
  expect(await second).toBe('value 2')
  const third = valueOf(3)
  await expect.poll(() => batches.length).toBe(3)
  batches[2]?.end()
  expect(await third).toBe('value 3')
})
