import { expect, test } from 'vitest'

import { parseMessage } from './parse-message.ts'

test('a value that is larger than a text can be is left out, and the rest of the row is read', () => {
  const large = 600 * 1024 * 1024
  const head = Buffer.from([
    ...Buffer.from('I'),
    0,
    0,
    0,
    7,
    ...Buffer.from('N'),
    0,
    2,
    ...Buffer.from('t'),
    0,
    0,
    0,
    0,
  ])
  head.writeUInt32BE(large, head.length - 4)
  const tail = Buffer.from([...Buffer.from('t'), 0, 0, 0, 1, ...Buffer.from('x')])
  // Fresh pages of zeros, most of which are never touched.
  const message = Buffer.alloc(head.length + large + tail.length)
  head.copy(message)
  tail.copy(message, head.length + large)
  expect(parseMessage(message)).toEqual({ kind: 'insert', relation: 7, record: [undefined, 'x'] })
})
