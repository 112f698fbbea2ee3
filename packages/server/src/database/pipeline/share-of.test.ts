import { expect, test } from 'vitest'

import type { Rows, Transaction } from '../statement.ts'
import { shareOf } from './share-of.ts'

const transaction: Transaction = {
  kind: 'transaction',
  role: 'none',
  settings: [],
  readOnly: true,
  statements: [],
  end: 'commit',
}

/** A database whose transactions end when told. */
function held(): { run(): Promise<readonly Rows[]>; readonly begun: PromiseWithResolvers<readonly Rows[]>[] } {
  const begun: PromiseWithResolvers<readonly Rows[]>[] = []
  return {
    begun,
    run() {
      const one = Promise.withResolvers<readonly Rows[]>()
      begun.push(one)
      return one.promise
    },
  }
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

test('no more transactions than the share are under way, and each that ends lets the next begin', async () => {
  const database = held()
  const share = shareOf(database, 2)
  const all = Promise.allSettled([1, 2, 3, 4].map(async () => await share.run(transaction)))
  await settle()
  expect(database.begun).toHaveLength(2)
  database.begun[0]?.resolve([])
  database.begun[1]?.reject(new Error('refused'))
  await settle()
  expect(database.begun).toHaveLength(4)
  for (const one of database.begun) one.resolve([])
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
})

test('who comes while too many wait is refused at once', async () => {
  const database = held()
  const share = shareOf(database, 1)
  const waiting = Array.from({ length: 10_001 }, async () => await share.run(transaction))
  await expect(share.run(transaction)).rejects.toThrow('postgres.pool-timeout')
  database.run = async () => []
  database.begun[0]?.resolve([])
  await expect(Promise.all(waiting)).resolves.toHaveLength(10_001)
})
