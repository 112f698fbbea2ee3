import { expect, test } from 'vitest'

import { parseMessage } from './parse-message.ts'

const nested = (depth: number) => `[null,null,"t","e",${'['.repeat(depth)}${']'.repeat(depth)}]`
const read = (vsn: '1.0.0' | '2.0.0', text: string) => parseMessage(vsn, Buffer.from(text), false)

test('refs are kept as they are, texts or numbers, and nothing is no ref', () => {
  expect(read('2.0.0', '[1,"2","t","e",{}]')).toMatchObject({ joinRef: 1, ref: '2' })
  expect(read('1.0.0', '{"topic":"t","event":"e"}')).toMatchObject({ joinRef: null, ref: null, payload: undefined })
})

test('what follows the five parts is passed over', () => {
  expect(read('2.0.0', '["1","2","t","e",{},"more"]')).toMatchObject({ joinRef: '1', ref: '2', topic: 't', event: 'e' })
})

test.each([
  ['not JSON', '1.0.0', 'hello', /^The message is not JSON$/],
  ['an array for 1.0.0', '1.0.0', '[null,null,"t","e",{}]', /serializer 1.0.0 is an object/],
  ['an object for 2.0.0', '2.0.0', '{"topic":"t"}', /serializer 2.0.0 is an array/],
  ['four parts', '2.0.0', '[null,null,"t","e"]', /is an array of join_ref/],
  ['a topic that is no text', '2.0.0', '[null,null,7,"e",{}]', /^The topic must be a string$/],
  ['an empty event', '2.0.0', '[null,null,"t","",{}]', /^The event must be a string$/],
  ['a ref that is an object', '2.0.0', '[null,{},"t","e",{}]', /^ref and join_ref must be strings$/],
] as const)('%s is refused and told', (_what, vsn, text, reason) => {
  expect(() => read(vsn, text)).toThrow(
    expect.objectContaining({
      code: 'realtime.message-malformed',
      detail: { reason: expect.stringMatching(reason) },
    }),
  )
})

test.each([
  ['of another kind', Buffer.of(0, 0, 0, 0, 0, 0, 0), /kind 3/],
  ['of an unknown encoding', Buffer.of(3, 0, 0, 1, 0, 0, 9, 65), /encoding/],
  ['shorter than it says', Buffer.of(3, 9, 9, 9, 9, 9, 0), /ends before/],
  ['for no topic', Buffer.of(3, 0, 0, 0, 0, 0, 0), /topic/],
  ['that is not the JSON it says', Buffer.of(3, 0, 0, 1, 0, 0, 1, 65, 123), /not JSON/],
])('a binary message %s is refused and told', (_what, data, reason) => {
  const refused = { code: 'realtime.message-malformed', detail: { reason: expect.stringMatching(reason) } }
  expect(() => parseMessage('2.0.0', data, true)).toThrow(expect.objectContaining(refused))
})

test('what goes deeper than anybody could print again is refused, brackets within texts aside', () => {
  const refused = { detail: { reason: 'The message goes deeper than 256 levels' } }
  expect(() => read('2.0.0', nested(256))).toThrow(expect.objectContaining(refused))
  expect(() => read('2.0.0', nested(1_000_000))).toThrow(expect.objectContaining(refused))
  expect(read('2.0.0', nested(255))).toHaveProperty('payload')
  expect(read('2.0.0', JSON.stringify([null, null, 't', 'e', `\\"${'['.repeat(600)}`]))).toHaveProperty('payload')
})

test('serializer 1.0.0 has no binary messages', () => {
  expect(() => parseMessage('1.0.0', Buffer.of(3), true)).toThrow('realtime.message-malformed')
})
