import { describe, expect, it } from 'vitest'

import { publicAccess } from '../access/channel-access.ts'
import type { Push } from '../channels/channel.ts'
import type { RefusedFact } from '../limits/refusal-log.ts'
import { createMemoryNetwork } from '../fanout/contract/memory-network.test-support.ts'
import { createBroadcaster } from './delivery/broadcaster.ts'
import { createBroadcastFeature } from './broadcast-feature.ts'
import { channelOf } from './channel-of.test-support.ts'
import { createDatabaseDelivery } from './delivery/deliver-from-database.ts'
import { createDeliver } from './delivery/deliver.ts'
import { createRooms } from './rooms.ts'

const limits = { broadcastBytes: 100 }
const network = createMemoryNetwork()

/** A process as far as broadcast goes. */
function processOf(replayed: ReadonlySet<string> = new Set()) {
  const rooms = createRooms()
  const facts: RefusedFact[] = []
  const deliver = createDeliver({ isReached: false, add() {} })
  const wasReplayed = (_channel: unknown, id: string) => replayed.has(id)
  const broadcaster = createBroadcaster({ rooms, deliver, bus: network.open(), wasReplayed })
  const feature = createBroadcastFeature({ rooms, broadcaster, limits, note: (fact) => void facts.push(fact) })
  const join = (wishes: Parameters<typeof channelOf>[0] = {}) => {
    const channel = channelOf(wishes)
    feature.join(channel)
    return channel
  }
  return {
    feature,
    facts,
    join,
    deliverFromDatabase: createDatabaseDelivery(broadcaster, limits),
    close: () => broadcaster.close(),
  }
}

const pushed = (payload: unknown): Push => ({ event: 'broadcast', ref: '5', payload, binary: null })
const hello = pushed({ type: 'broadcast', event: 'greet', payload: { text: 'hello' } })

const pushedBytes = (bytes: Buffer, encoding: 0 | 1 = 0): Push => ({
  event: 'broadcast',
  ref: '5',
  payload: undefined,
  binary: { event: 'greet', metadata: Buffer.alloc(0), encoding, bytes },
})

const counts = (...channels: readonly ReturnType<typeof channelOf>[]): readonly number[] =>
  channels.map(({ connection }) => connection.sent.length)

const readOnly = { ...publicAccess, broadcast: { read: true, write: false } }
const writeOnly = { ...publicAccess, broadcast: { read: false, write: true } }

describe('a broadcast', () => {
  it('reaches the others in the room, and not its sender', () => {
    const { feature, join } = processOf()
    const [sender, other, elsewhere] = [join(), join(), join({ subtopic: 'other' })]
    expect(feature.receive(sender, hello)).toBeNull()
    expect(counts(sender, other, elsewhere)).toEqual([0, 1, 0])
  })

  it('reaches its sender who asked to hear herself', () => {
    const { feature, join } = processOf()
    const sender = join({ self: true })
    feature.receive(sender, hello)
    expect(counts(sender)).toEqual([1])
  })

  it('is acknowledged where that is asked for', () => {
    const { feature, join } = processOf()
    expect(feature.receive(join({ ack: true }), hello)).toEqual({ status: 'ok', response: {} })
  })

  it('stays within the private or the public room of its name', () => {
    const { feature, join } = processOf()
    const [sender, open, closed] = [join({ isPrivate: true }), join(), join({ isPrivate: true })]
    feature.receive(sender, hello)
    expect(counts(open, closed)).toEqual([0, 1])
  })

  it('does not reach who left', () => {
    const { feature, join } = processOf()
    const [sender, other] = [join(), join()]
    feature.left(other)
    feature.receive(sender, hello)
    expect(counts(other)).toEqual([0])
  })

  it('does not reach who may not read it, until another token lets her', () => {
    const { feature, join } = processOf()
    const [sender, other] = [join({ isPrivate: true }), join({ isPrivate: true, access: writeOnly })]
    feature.receive(sender, hello)
    expect(counts(other)).toEqual([0])
    other.access = publicAccess
    feature.receive(sender, hello)
    expect(counts(other)).toEqual([1])
  })

  it('of raw bytes passes over older clients', () => {
    const { feature, join } = processOf()
    const [sender, old, current] = [join(), join({ vsn: '1.0.0' }), join()]
    feature.receive(sender, pushedBytes(Buffer.of(1, 2, 3)))
    expect(counts(old, current)).toEqual([0, 1])
    feature.receive(sender, pushedBytes(Buffer.from('{}'), 1))
    expect(counts(old, current)).toEqual([1, 2])
  })
})

describe('a broadcast is refused', () => {
  it('without a policy that lets its sender write, silently but in the log, even where an acknowledgement is asked for', () => {
    const { feature, join, facts } = processOf()
    const other = join({ isPrivate: true })
    const refused = { isPrivate: true, access: readOnly }
    for (const sender of [join(refused), join({ ...refused, ack: true })]) {
      expect(feature.receive(sender, hello)).toBeNull()
    }
    expect(counts(other)).toEqual([0])
    const fact = { what: 'broadcast dropped', topic: 'realtime:room', role: 'anon', right: 'broadcast write' }
    expect(facts).toEqual([expect.objectContaining(fact), expect.objectContaining(fact)])
  })

  it('larger than the limit, which is told to who asks for an acknowledgement', () => {
    const { feature, join } = processOf()
    const [sender, other] = [join({ ack: true }), join()]
    expect(() => feature.receive(sender, pushedBytes(Buffer.alloc(101)))).toThrow('realtime.payload-too-large')
    expect(() => feature.receive(sender, pushed({ payload: 'x'.repeat(100) }))).toThrow('realtime.payload-too-large')
    expect(feature.receive(join(), pushedBytes(Buffer.alloc(101)))).toBeNull()
    expect(counts(other)).toEqual([0])
  })

  it.each([[['a', 'list']], ['a text'], [null], [undefined]])('with the payload %j, which is no object', (payload) => {
    const { feature, join } = processOf()
    expect(() => feature.receive(join(), pushed(payload))).toThrow('realtime.message-malformed')
  })
})

describe('across processes', () => {
  it('a broadcast reaches the room on the others, once', async () => {
    const [here, there] = [processOf(), processOf()]
    const [sender, near, far, farElsewhere] = [here.join(), here.join(), there.join(), there.join({ isPrivate: true })]
    here.feature.receive(sender, hello)
    here.feature.receive(sender, pushedBytes(Buffer.of(0, 1)))
    await expect.poll(() => counts(near, far)).toEqual([2, 2])
    expect(counts(sender, farElsewhere)).toEqual([0, 0])
    expect(far.connection.sent).toEqual(near.connection.sent)
  })

  it('a process that has closed hears nothing', async () => {
    const [here, closed, open] = [processOf(), processOf(), processOf()]
    const [sender, deaf, far] = [here.join(), closed.join(), open.join()]
    closed.close()
    here.feature.receive(sender, hello)
    await expect.poll(() => counts(far)).toEqual([1])
    expect(counts(deaf)).toEqual([0])
  })
})

describe('a message of the database', () => {
  const message = { id: '42', topic: 'room', event: 'greet', payload: '{"a":1}', isPrivate: true }

  it('reaches the room with its id on each process that hears of the row, and once', async () => {
    const [here, there] = [processOf(), processOf()]
    const [near, far, open] = [here.join({ isPrivate: true }), there.join({ isPrivate: true }), here.join()]
    expect([here.deliverFromDatabase(message), there.deliverFromDatabase(message)]).toEqual([true, true])
    expect(counts(near, far, open)).toEqual([1, 1, 0])
    expect(near.connection.sent[0]?.toString()).toContain('greet{"id":"42"}{"a":1}')
  })

  it('does not come twice to who was given it when joining', () => {
    const [here, there] = [processOf(new Set(['42'])), processOf()]
    const [near, far] = [here.join({ isPrivate: true }), there.join({ isPrivate: true })]
    for (const { deliverFromDatabase } of [here, there]) {
      deliverFromDatabase(message)
      deliverFromDatabase({ ...message, id: '43', payload: Buffer.of(9) })
    }
    expect(counts(near, far)).toEqual([1, 2])
  })

  it('larger than a broadcast may be is told to nobody', () => {
    const { deliverFromDatabase, join } = processOf()
    const near = join({ isPrivate: true })
    expect(deliverFromDatabase({ ...message, payload: Buffer.alloc(101) })).toBe(false)
    expect(counts(near)).toEqual([0])
  })
})
