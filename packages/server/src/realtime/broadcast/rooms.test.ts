import { describe, expect, it } from 'vitest'

import { channelOf, connectionOf } from './channel-of.test-support.ts'
import { createDeliver, outgoing } from './delivery/deliver.ts'
import { createRooms } from './rooms.ts'

/** Reached once `most` are counted. */
function rateOf(most: number) {
  let counted = 0
  return {
    get isReached() {
      return counted >= most
    },
    add: (messages: number) => void (counted += messages),
  }
}

describe('rooms', () => {
  it('holds public and private channels of one name apart', () => {
    const rooms = createRooms()
    const open = channelOf({ subtopic: 'room' })
    const closed = channelOf({ subtopic: 'room', isPrivate: true })
    rooms.enter(open)
    rooms.enter(closed)
    expect([...(rooms.find('room', false)?.members ?? [])]).toEqual([open])
    expect([...(rooms.find('room', true)?.members ?? [])]).toEqual([closed])
  })

  it('is gone with its last member', () => {
    const rooms = createRooms()
    const [first, second] = [channelOf({ subtopic: 'room' }), channelOf({ subtopic: 'room' })]
    rooms.enter(first)
    rooms.enter(second)
    rooms.leave(first)
    expect(rooms.find('room', false)?.members.size).toBe(1)
    rooms.leave(second)
    expect(rooms.find('room', false)).toBeUndefined()
    rooms.leave(second)
    expect(rooms.find('room', false)).toBeUndefined()
  })
})

describe('deliver', () => {
  it('hands everybody of one serializer the same bytes, made once', () => {
    const made: string[] = []
    const message = outgoing((vsn) => {
      made.push(vsn)
      return Buffer.from(vsn)
    })
    const members = ['1.0.0', '2.0.0', '1.0.0', '2.0.0'].map((vsn) => channelOf({ vsn: vsn as '1.0.0' | '2.0.0' }))
    createDeliver(rateOf(1000))(members, message)
    expect(made.toSorted()).toEqual(['1.0.0', '2.0.0'])
    const frames = members.map(({ connection }) => connection.sent)
    expect(frames.map((sent) => sent.toString())).toEqual(['1.0.0', '2.0.0', '1.0.0', '2.0.0'])
    expect(frames[0]?.[0]).toBe(frames[2]?.[0])
  })

  it('passes over the one excepted, and whoever’s serializer cannot say it', () => {
    const message = outgoing((vsn) => (vsn === '1.0.0' ? null : Buffer.from('bytes')))
    const [sender, old, other] = [channelOf({}), channelOf({ vsn: '1.0.0' }), channelOf({})]
    createDeliver(rateOf(1000))([sender, old, other], message, sender)
    expect([sender, old, other].map(({ connection }) => connection.sent.length)).toEqual([0, 0, 1])
  })

  it('counts each delivery, and ends whoever would be written to beyond the rate', () => {
    const counts = { deliveries: 0 }
    const deliver = createDeliver(rateOf(61), counts)
    const members = Array.from({ length: 61 }, () => channelOf({}))
    const message = outgoing(() => Buffer.from('x'))
    deliver(members, message)
    expect(members.every(({ connection }) => connection.sent.length === 1)).toBe(true)
    expect(counts).toEqual({ deliveries: 61 })
    deliver(members, message, members[0])
    expect(members.map(({ ended }) => ended.length)).toEqual([0, ...Array.from({ length: 60 }, () => 1)])
    expect(members[1]?.ended).toEqual(['Too many messages per second'])
    expect(members.every(({ connection }) => connection.sent.length === 1)).toBe(true)
  })

  it('writes to one connection once for each of its channels', () => {
    const connection = connectionOf('2.0.0')
    createDeliver(rateOf(1000))(
      [channelOf({ connection }), channelOf({ connection })],
      outgoing(() => Buffer.from('x')),
    )
    expect(connection.sent).toHaveLength(2)
  })
})
