import { array, assert, boolean, infiniteStream, integer, nat, property, uint8Array, uuid } from 'fast-check'
import { expect, test } from 'vitest'

import { createAssembler, createFramer } from './frames.ts'

const payloads = array(uint8Array({ maxLength: 500 }), { minLength: 1, maxLength: 8 })
const node = uuid()

test('messages come out as they went in, in order, however small the frames are', () => {
  assert(
    property(node, payloads, integer({ min: 30, max: 600 }), (from, messages, most) => {
      const frame = createFramer(from)
      const assembler = createAssembler()
      const frames = messages.flatMap((payload) => frame(payload, most))
      expect(frames.every((bytes) => bytes.length <= most)).toBe(true)
      const taken = frames.map((bytes) => assembler.take(bytes)).filter((message) => message !== null)
      expect(taken.map((message) => [message.from, [...message.payload]])).toEqual(
        messages.map((payload) => [from, [...payload]]),
      )
    }),
  )
})

test('of two publishers whose frames arrive in any order each is put together for itself', () => {
  assert(
    property(payloads, payloads, infiniteStream(boolean()), (ours, theirs, turns) => {
      const names = ['6b0e2b54-3d24-4c05-9a0c-111111111111', '6b0e2b54-3d24-4c05-9a0c-222222222222'] as const
      const queues = [ours, theirs].map((messages, index) => {
        const frame = createFramer(names[index] ?? '')
        return messages.flatMap((payload) => frame(payload, 64))
      })
      const assembler = createAssembler()
      const taken: string[][] = [[], []]
      for (const turn of turns) {
        const bytes = queues[turn ? 1 : 0]?.shift() ?? queues[turn ? 0 : 1]?.shift()
        if (bytes === undefined) break
        const message = assembler.take(bytes)
        if (message !== null)
          taken[names.indexOf(message.from as never)]?.push(Buffer.from(message.payload).toString('hex'))
      }
      expect(taken).toEqual(
        [ours, theirs].map((messages) => messages.map((payload) => Buffer.from(payload).toString('hex'))),
      )
    }),
  )
})

test('a message of which any frame is lost is lost whole, and the others are not', () => {
  assert(
    property(payloads, nat(), (messages, lost) => {
      const frame = createFramer('6b0e2b54-3d24-4c05-9a0c-111111111111')
      const assembler = createAssembler()
      const frames = messages.flatMap((payload, index) => frame(payload, 64).map((bytes) => ({ index, bytes })))
      const missing = frames[lost % frames.length]
      const taken = frames
        .filter((each) => each !== missing)
        .map(({ bytes }) => assembler.take(bytes))
        .filter((message) => message !== null)
        .map(({ payload }) => [...payload])
      expect(taken).toEqual(messages.filter((_, index) => index !== missing?.index).map((payload) => [...payload]))
    }),
  )
})

test('bytes that are no frame of ours are ignored', () => {
  assert(
    property(uint8Array({ maxLength: 80 }), (bytes) => {
      const message = createAssembler().take(bytes)
      expect(message === null || bytes[0] === 1 || bytes[0] === 2).toBe(true)
    }),
  )
})
