import { pino } from 'pino'
import { expect, test } from 'vitest'

import { createMailboxServer } from './create-mailbox-server.ts'

const server = (localOnly = true) => createMailboxServer({ localOnly, logger: pino({ level: 'silent' }) })
const message = {
  id: 'ema_1',
  source: 'clerk',
  channel: 'email',
  recipient: 'ada@example.com',
  slug: 'verification_code',
  subject: '<b>123456</b> is your code',
  text: 'Your code: 123456. Or: https://app.example.com/verify?token=a&b="c',
  html: '<p onclick="alert(1)">123456</p><script>alert(1)</script>',
  data: { code: '123456', link: 'javascript:alert(1)' },
  created_at: 1_700_000_000_000,
}
type Server = ReturnType<typeof server>
const handIn = (app: Server, payload: object, headers = {}) =>
  app.inject({ method: 'POST', url: '/api/v1/messages', payload, headers })

test('a message that is handed in is listed, read by its id, and kept once', async () => {
  const app = server()
  expect([(await handIn(app, message)).statusCode, (await handIn(app, message)).statusCode]).toEqual([201, 200])
  const listed = await app.inject('/api/v1/messages?recipient=ADA@example.com&channel=email&limit=5')
  expect(listed.json()).toEqual({ messages: [message], total: 1 })
  expect((await app.inject('/api/v1/messages?channel=sms')).json()).toEqual({ messages: [], total: 1 })
  expect((await app.inject('/api/v1/messages/ema_1')).json()).toEqual(message)
  expect((await app.inject({ method: 'DELETE', url: '/api/v1/messages' })).statusCode).toBe(204)
  expect((await app.inject('/api/v1/messages/ema_1')).json()).toMatchObject({ code: 'mailbox.message-unknown' })
})

test('pages escape what a message says, run nothing, and show its HTML in a frame that can do nothing', async () => {
  const app = server()
  await handIn(app, message)
  const list = await app.inject('/')
  expect(list.body).toContain('&lt;b&gt;123456&lt;/b&gt; is your code')
  expect(list.body).toContain('http-equiv="refresh"')
  expect(list.body).toContain('href="/?recipient=ada%40example.com"')
  const page = await app.inject('/messages/ema_1')
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  expect(page.body).not.toMatch(/<script|javascript:|onclick/)
  expect(page.body).toContain('<span class="code">123456</span>')
  expect(page.body).toContain('href="https://app.example.com/verify?token=a&amp;b="')
  const body = await app.inject('/messages/ema_1/html')
  expect(body.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/)
  expect(body.body).toContain(message.html)
})

test('the button on the page empties the mailbox', async () => {
  const app = server()
  await handIn(app, message)
  const headers = { host: 'localhost:54324', origin: 'http://localhost:54324' }
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
  const cleared = await app.inject({ method: 'POST', url: '/clear', headers: form, payload: '' })
  expect([cleared.statusCode, cleared.headers.location]).toEqual([303, '/'])
  expect((await app.inject('/')).body).toContain('No messages yet')
})

test.each([
  ['a message without a recipient', { payload: { ...message, recipient: '' } }, 400, 'mailbox.message-invalid'],
  ['a page of another site', { headers: { origin: 'https://evil.example' } }, 403, 'mailbox.site-foreign'],
  ['a page whose origin is hidden', { headers: { origin: 'null' } }, 403, 'mailbox.site-foreign'],
  ['a name that somebody pointed here', { headers: { host: 'evil.example:54324' } }, 403, 'mailbox.host-foreign'],
  ['a body of another type', { headers: { 'content-type': 'text/plain' } }, 415, 'mailbox.request-invalid'],
])('%s is refused', async (_what, request, status, code) => {
  const answer = await server().inject({ method: 'POST', url: '/api/v1/messages', payload: message, ...request })
  expect([answer.statusCode, answer.json()]).toEqual([status, expect.objectContaining({ code })])
})

test('a filter that cannot be is refused, and a mailbox for others answers under any name', async () => {
  expect((await server().inject('/api/v1/messages?limit=0')).json()).toMatchObject({ code: 'mailbox.query-invalid' })
  expect((await server().inject('/api/v1/messages?channel=x')).json()).toMatchObject({ code: 'mailbox.query-invalid' })
  const answer = await server(false).inject({ url: '/', headers: { host: 'mail.example.com' } })
  expect(answer.statusCode).toBe(200)
})

test('the list is narrowed by links, and says for whom it is', async () => {
  const app = server()
  await handIn(app, message)
  const narrowed = await app.inject('/?recipient=grace%40example.com&channel=email')
  expect(narrowed.body).toContain('Nothing here is for this recipient')
  expect(narrowed.body).toContain('href="/?recipient=grace%40example.com&amp;channel=sms"')
  expect(narrowed.body).toMatch(/href="\/\?channel=email" title="Show everybody’s"\s*>grace@example.com/)
})
