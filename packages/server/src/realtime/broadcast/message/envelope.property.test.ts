import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import type { BroadcastMessage } from './broadcast-message.ts'
import { openEnvelope, sealEnvelope } from './envelope.ts'

const userMessage = fc.record({
  kind: fc.constant('user' as const),
  event: fc.string({ unit: 'grapheme' }),
  encoding: fc.constantFrom(0 as const, 1 as const),
  payload: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  metadata: fc.string({ unit: 'grapheme' }),
})
const textMessage = fc.record({ kind: fc.constant('text' as const), json: fc.json() })
const message = fc.oneof<fc.Arbitrary<BroadcastMessage>[]>(userMessage, textMessage)
const addressed = fc.record({ subtopic: fc.string({ unit: 'grapheme' }), isPrivate: fc.boolean(), message })

it('what is sealed opens as it was', () => {
  fc.assert(
    fc.property(addressed, (sent) => {
      expect(openEnvelope(sealEnvelope(sent))).toEqual(sent)
    }),
  )
})

it('whatever else arrives is no envelope or opens, and never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      for (const arrived of [bytes, Buffer.concat([Buffer.of(1), bytes])]) {
        expect(openEnvelope(arrived)?.message.kind).toBeOneOf([undefined, 'text', 'user'])
      }
    }),
  )
})
