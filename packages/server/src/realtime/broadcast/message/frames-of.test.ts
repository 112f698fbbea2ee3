import { describe, expect, it } from 'vitest'

import type { BroadcastMessage } from './broadcast-message.ts'
import { framesOf } from './frames-of.ts'

/** What a WebSocket library would hand over of a short or medium frame. */
function heard(frame: Buffer | null): { isBinary: boolean; payload: Buffer } {
  if (frame === null) throw new Error('there is no such form')
  return { isBinary: (frame[0] ?? 0) === 0x82, payload: frame.subarray(frame[1] === 126 ? 4 : 2) }
}

const textHeard = (frame: Buffer | null): unknown => {
  const { isBinary, payload } = heard(frame)
  expect(isBinary).toBe(false)
  return JSON.parse(payload.toString())
}

const said: BroadcastMessage = {
  kind: 'user',
  event: 'cursor',
  encoding: 1,
  payload: Buffer.from('{"x": 1.50}'),
  metadata: '{"id":"7"}',
}

describe('what came by event and payload', () => {
  it('is a frame of kind 4 for 2.0.0, its payload byte for byte', () => {
    const { isBinary, payload } = heard(framesOf('realtime:room', said).frameFor('2.0.0'))
    expect(isBinary).toBe(true)
    expect([...payload.subarray(0, 5)]).toEqual([4, 13, 6, 10, 1])
    expect(payload.subarray(5).toString()).toBe('realtime:roomcursor{"id":"7"}{"x": 1.50}')
  })

  it('is text for 1.0.0', () => {
    expect(textHeard(framesOf('realtime:room', said).frameFor('1.0.0'))).toEqual({
      topic: 'realtime:room',
      event: 'broadcast',
      payload: { type: 'broadcast', event: 'cursor', payload: { x: 1.5 }, meta: { id: '7' } },
      ref: null,
    })
  })

  it('is text for 2.0.0 where a name is too long for one byte of length', () => {
    const event = 'é'.repeat(128)
    expect(textHeard(framesOf('realtime:room', { ...said, event, metadata: '' }).frameFor('2.0.0'))).toEqual([
      null,
      null,
      'realtime:room',
      'broadcast',
      { type: 'broadcast', event, payload: { x: 1.5 } },
    ])
  })
})

describe('raw bytes', () => {
  const bytes: BroadcastMessage = { ...said, encoding: 0, payload: Buffer.of(0, 255, 7), metadata: '' }

  it('arrive as they are', () => {
    const { payload } = heard(framesOf('realtime:room', bytes).frameFor('2.0.0'))
    expect([...payload.subarray(0, 5)]).toEqual([4, 13, 6, 0, 0])
    expect([...payload.subarray(-3)]).toEqual([0, 255, 7])
  })

  it('have no form in 1.0.0, nor under a name too long', () => {
    expect(framesOf('realtime:room', bytes).frameFor('1.0.0')).toBeNull()
    expect(framesOf('r'.repeat(256), bytes).frameFor('2.0.0')).toBeNull()
  })
})

it('what came as text stays that text for both serializers', () => {
  const text: BroadcastMessage = { kind: 'text', json: '{"event":"e","own":[1.0]}' }
  const frames = framesOf('realtime:room', text)
  expect(heard(frames.frameFor('2.0.0')).payload.toString()).toBe(
    '[null,null,"realtime:room","broadcast",{"event":"e","own":[1.0]}]',
  )
  expect(heard(frames.frameFor('1.0.0')).payload.toString()).toContain('"payload":{"event":"e","own":[1.0]}')
})
