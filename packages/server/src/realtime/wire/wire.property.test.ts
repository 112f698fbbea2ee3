import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as ws from 'ws'

import { isRefusal } from '../../refusal/refusal.ts'
import type { Vsn } from '../sockets/connection.ts'
import { binaryFrame, textFrame } from './frame.ts'
import { parseMessage } from './parse-message.ts'
import { printBroadcast } from './print-broadcast.ts'
import { printMessage, printRawMessage } from './print-message.ts'

const vsn = fc.constantFrom<Vsn>('1.0.0', '2.0.0')
const ref = fc.option(fc.string())
const text = fc.string({ unit: 'grapheme' })
const name = fc.string({ unit: 'grapheme', minLength: 1 })
const saying = fc.record({ joinRef: ref, ref, topic: name, event: name, payload: fc.jsonValue() })

/** The library's own reader of frames, which its types leave out. */
const { Receiver } = ws as unknown as {
  readonly Receiver: new (options: { readonly isServer: boolean }) => NodeJS.WritableStream
}

/** What the library that everybody else uses makes of our frames. */
function messagesIn(frames: readonly Buffer[]): { data: Buffer; isBinary: boolean }[] {
  const receiver = new Receiver({ isServer: false })
  const heard: { data: Buffer; isBinary: boolean }[] = []
  receiver.on('message', (data: Buffer, isBinary: boolean) => heard.push({ data, isBinary }))
  for (const frame of frames) receiver.write(frame)
  return heard
}

test('what is printed is read as it was meant, in both serializers', () => {
  fc.assert(
    fc.property(vsn, saying, (version, said) => {
      const [heard] = messagesIn([printMessage(version, said)])
      expect(heard?.isBinary).toBe(false)
      const { joinRef, ref: id, topic, event, payload } = parseMessage(version, heard?.data ?? Buffer.of(), false)
      expect([id, topic, event]).toEqual([said.ref, said.topic, said.event])
      expect(JSON.stringify(payload)).toBe(JSON.stringify(said.payload))
      expect(joinRef).toBe(version === '1.0.0' ? null : said.joinRef)
    }),
  )
})

test('a payload that is JSON text already reads like one that was not', () => {
  fc.assert(
    fc.property(vsn, name, name, fc.jsonValue(), (version, topic, event, payload) => {
      const said = { joinRef: null, ref: null, topic, event, payload }
      expect(printRawMessage(version, topic, event, JSON.stringify(payload))).toEqual(printMessage(version, said))
    }),
  )
})

test('frames of every size arrive whole, one behind the other', () => {
  const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 70_000]
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...sizes), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      (wanted, isBinary) => {
        const bodies = wanted.map((size, index) => Buffer.alloc(size, 97 + index))
        const frames = bodies.map((body) => (isBinary ? binaryFrame([body]) : textFrame(body.toString())))
        expect(messagesIn(frames)).toEqual(bodies.map((data) => ({ data, isBinary })))
      },
    ),
    { numRuns: 30 },
  )
})

/** A broadcast as realtime-js pushes it. */
function userPush(joinRef: string, id: string, topic: string, event: string, metadata: string, bytes: Buffer): Buffer {
  const texts = [joinRef, id, topic, event, metadata].map((part) => Buffer.from(part))
  return Buffer.concat([Buffer.of(3, ...texts.map((part) => part.length), 0), ...texts, bytes])
}

const short = fc.string({ unit: 'grapheme', maxLength: 20 })
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))

test('a binary broadcast is read as it was pushed, whatever the bytes', () => {
  fc.assert(
    fc.property(
      short,
      short,
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
      short,
      bytes,
      (...parts) => {
        const [joinRef, id, topic, event, body] = parts
        const message = parseMessage('2.0.0', userPush(joinRef, id, topic, event, '{}', body), true)
        expect(message).toMatchObject({ joinRef: joinRef || null, ref: id || null, topic, event: 'broadcast' })
        expect(message.binary).toEqual({ event, metadata: Buffer.from('{}'), encoding: 0, bytes: body })
      },
    ),
  )
})

test('a broadcast for clients says what it was given, or nothing where a text is too long for it', () => {
  fc.assert(
    fc.property(text, text, fc.constantFrom('', '{"id":"x"}'), bytes, (topic, event, metadata, body) => {
      const frame = printBroadcast({ topic, event, metadata, encoding: 1, bytes: body })
      const lengths = [topic, event, metadata].map((part) => Buffer.byteLength(part))
      const isSayable = lengths.every((length) => length <= 255)
      const data = Buffer.concat([Buffer.of(4, ...lengths, 1), Buffer.from(topic + event + metadata), body])
      expect(frame === null ? [] : messagesIn([frame])).toEqual(isSayable ? [{ data, isBinary: true }] : [])
    }),
  )
  expect(
    printBroadcast({ topic: 'x'.repeat(256), event: '', metadata: '', encoding: 0, bytes: Buffer.of() }),
  ).toBeNull()
})

function outcomeOf(version: Vsn, data: Buffer, isBinary: boolean): string {
  try {
    parseMessage(version, data, isBinary)
    return 'read'
  } catch (thrown) {
    return isRefusal(thrown) ? thrown.code : String(thrown)
  }
}

test('anything else is refused and nothing worse', () => {
  const almost = fc
    .tuple(fc.constantFrom(3, 0, 1, 2, 4, 255), fc.uint8Array({ maxLength: 40 }))
    .map(([kind, rest]) => Buffer.from([kind, ...rest]))
  const garbage = fc.oneof(
    bytes,
    almost,
    fc.json().map((json) => Buffer.from(json)),
    text.map((part) => Buffer.from(part)),
  )
  fc.assert(
    fc.property(vsn, garbage, fc.boolean(), (version, data, isBinary) => {
      expect(outcomeOf(version, data, isBinary)).toMatch(/^(?:read|realtime.message-malformed)$/)
    }),
    { numRuns: 2000 },
  )
})
