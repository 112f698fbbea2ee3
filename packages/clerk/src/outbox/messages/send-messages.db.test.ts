import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../../start-clerk.ts'
import { type ClerkDatabase, openDatabase } from '../../state/database/database.ts'
import { storeOf } from '../../state/database/store.ts'
import { recordMessage } from './record-message.ts'

interface TestMailbox {
  readonly url: string
  /** Ids in the order in which they came. */
  readonly received: { readonly id: string; readonly [member: string]: unknown }[]
  status: number
  close(): Promise<void>
}

let database: TestDatabase
let connection: ClerkDatabase
let clerk: RunningClerk | undefined

beforeAll(async () => {
  database = await createTestDatabase()
  connection = openDatabase(database.url('tenon_clerk'), () => undefined)
})
afterEach(async () => {
  await clerk?.stop()
  clerk = undefined
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

async function openTestMailbox(port = 0): Promise<TestMailbox> {
  const received: TestMailbox['received'] = []
  const server: Server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      if (mailbox.status < 400) received.push(JSON.parse(text) as TestMailbox['received'][number])
      response.writeHead(mailbox.status).end('{}')
    })
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const mailbox: TestMailbox = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    status: 201,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  return mailbox
}

const start = (mailboxUrl?: string) =>
  startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [
      { name: 'default', domain: 'mail.local.clerk.accounts.dev', secretKey: 'sk_test_of_the_mail_instance' },
    ],
    ...(mailboxUrl !== undefined && { mailboxUrl }),
  })

const record = (running: RunningClerk, recipient: string) =>
  storeOf(connection, { instanceId: running.instance().id, now: Date.now, imageUrlOf: () => '' }).atomically((store) =>
    recordMessage(store, {
      channel: 'email',
      recipient,
      slug: 'verification_code',
      subject: 'Your code',
      bodyText: 'Your code is 123456',
      bodyHtml: null,
      data: { code: '123456' },
      userId: null,
    }),
  )

const recipients = ({ received }: TestMailbox) => received.map(({ recipient }) => recipient)

test('a message reaches the mailbox as soon as it is committed, with its code', async () => {
  const mailbox = await openTestMailbox()
  clerk = await start(mailbox.url)
  await record(clerk, 'first@example.com')
  const committed = performance.now()
  await expect.poll(() => recipients(mailbox), { interval: 1 }).toEqual(['first@example.com'])
  expect(performance.now() - committed).toBeLessThan(1000)
  expect(mailbox.received[0]).toMatchObject({ source: 'clerk', channel: 'email', data: { code: '123456' }, html: null })
  await mailbox.close()
})

test('messages recorded while no mailbox was there arrive later, in their order and once', async () => {
  clerk = await start()
  for (const name of ['a', 'b', 'c']) await record(clerk, `${name}@example.com`)
  await clerk.stop()
  const mailbox = await openTestMailbox()
  clerk = await start(mailbox.url)
  await record(clerk, 'd@example.com')
  const all = ['a', 'b', 'c', 'd'].map((name) => `${name}@example.com`)
  await expect.poll(() => recipients(mailbox)).toEqual(all)
  await mailbox.close()
})

test('a mailbox that fails gets the message again, and one that refuses it does not hold up the others', async () => {
  const mailbox = await openTestMailbox()
  mailbox.status = 503
  clerk = await start(mailbox.url)
  await record(clerk, 'again@example.com')
  mailbox.status = 201
  await record(clerk, 'next@example.com')
  await expect.poll(() => recipients(mailbox), { timeout: 5000 }).toEqual(['again@example.com', 'next@example.com'])
  mailbox.status = 400
  await record(clerk, 'refused@example.com')
  await expect.poll(undelivered, { timeout: 5000 }).toBe(0)
  mailbox.status = 201
  await record(clerk, 'last@example.com')
  await expect.poll(() => recipients(mailbox).at(-1), { timeout: 5000 }).toBe('last@example.com')
  await mailbox.close()
})

async function undelivered(): Promise<unknown> {
  const [row] = await connection.query<{ count: number }>(
    'select count(*) as count from clerk.messages where delivered_at is null',
  )
  return row?.count
}
