import { expect, it } from 'vitest'

import type { Change, ChangeChunk } from '../../changes/change.ts'
import type { StoredMessage } from '../stored-message.ts'
import { hearMessages } from './hear-messages.ts'

const columns = ['id', 'topic', 'event', 'private', 'payload', 'extension']
const relation = {
  oid: 1,
  schema: 'realtime',
  table: 'messages',
  replicaIdentity: 'default' as const,
  columns: columns.map((name) => ({ name, typeOid: 25, isKey: name === 'id' })),
}

function insert(id: string): Change {
  const record = [id, 'room', 'news', 't', '{}', 'broadcast']
  return { kind: 'INSERT', relation, record, oldRecord: null, index: 0 }
}

function setup(most = 2) {
  let hear: ((chunk: ChangeChunk) => Promise<void> | void) | null = null
  const told: string[] = []
  const tooLarge: string[] = []
  const stop = hearMessages({
    feed: {
      listen: (listener) => {
        hear = listener
        return () => (hear = null)
      },
    },
    deliver: ({ id }: StoredMessage) => id.length <= most && told.push(id) > 0,
    onTooLarge: ({ id }) => tooLarge.push(id),
  })
  const commit = async (...ids: string[]) =>
    await hear?.({
      kind: 'change-chunk',
      lsn: 1n,
      committedAt: 0,
      xid: 0,
      changes: ids.map(insert),
      schemaChanged: false,
    })
  return { told, tooLarge, stop, commit }
}

it('delivers what is committed, in its order', async () => {
  const { told, commit } = setup()
  await commit('1', '2')
  await commit('3')
  expect(told).toEqual(['1', '2', '3'])
})

it('says what was too large', async () => {
  const { told, tooLarge, commit } = setup()
  await commit('1', 'long', '2')
  expect([told, tooLarge]).toEqual([['1', '2'], ['long']])
})

it('hears nothing more once stopped', async () => {
  const { told, stop, commit } = setup()
  stop()
  await commit('1')
  expect(told).toEqual([])
})
