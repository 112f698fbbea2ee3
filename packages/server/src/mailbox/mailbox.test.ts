import { expect, test } from 'vitest'

import { createMailbox } from './mailbox.ts'
import { parseMessage } from './message.ts'

const message = (id: string, more: object = {}) =>
  parseMessage({ id, source: 'clerk', channel: 'email', recipient: 'ada@example.com', ...more }, 1)

const everything = { recipient: null, channel: null, limit: 100 }

test('a message that comes twice is kept once, as it came first', () => {
  const mailbox = createMailbox()
  expect([mailbox.keep(message('a', { subject: 'one' })), mailbox.keep(message('a', { subject: 'two' }))]).toEqual([
    true,
    false,
  ])
  expect(mailbox.list(everything).map(({ subject }) => subject)).toEqual(['one'])
})

test('the oldest messages make room for new ones', () => {
  const mailbox = createMailbox(2)
  for (const id of ['a', 'b', 'c']) mailbox.keep(message(id))
  expect(mailbox.list(everything).map(({ id }) => id)).toEqual(['c', 'b'])
  expect(mailbox.find('a')).toBeNull()
})

test('a list is narrowed by recipient in any capitals, by channel and by number', () => {
  const mailbox = createMailbox()
  mailbox.keep(message('a'))
  mailbox.keep(message('b', { recipient: 'Grace@example.com' }))
  mailbox.keep(message('c', { recipient: '+15555550100', channel: 'sms' }))
  const ids = (filter: object) => mailbox.list({ ...everything, ...filter }).map(({ id }) => id)
  expect(ids({ recipient: 'grace@EXAMPLE.com' })).toEqual(['b'])
  expect(ids({ channel: 'sms' })).toEqual(['c'])
  expect(ids({ limit: 2 })).toEqual(['c', 'b'])
})

test.each([
  ['the body', []],
  ['channel', { id: 'a', source: 'clerk', recipient: 'x', channel: 'pigeon' }],
  ['id', { source: 'clerk', recipient: 'x', channel: 'sms' }],
  ['recipient', { id: 'a', source: 'clerk', recipient: 4, channel: 'sms' }],
  ['html', { id: 'a', source: 'clerk', recipient: 'x', channel: 'email', html: 4 }],
  ['data', { id: 'a', source: 'clerk', recipient: 'x', channel: 'email', data: [] }],
  ['created_at', { id: 'a', source: 'clerk', recipient: 'x', channel: 'email', created_at: 'now' }],
])('a message is refused by the member that is wrong: %s', (member, value) => {
  expect(() => parseMessage(value, 1)).toThrowError(
    expect.objectContaining({ code: 'mailbox.message-invalid', detail: expect.objectContaining({ member }) }),
  )
})
