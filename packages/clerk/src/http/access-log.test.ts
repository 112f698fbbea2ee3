import { Writable } from 'node:stream'

import Fastify from 'fastify'
import { expect, test } from 'vitest'

import { logPath } from './access-log.ts'
import { buildApp } from './build-app.ts'

test('requests are logged by their path, and no line holds what was in the query, the token or the key', async () => {
  const lines: object[] = []
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(JSON.parse(line.toString()) as object)
      done()
    },
  })
  const { log } = Fastify({ logger: { level: 'trace', stream } })
  const app = buildApp({ instances: new Map(), logger: log })
  for (const url of [
    '/backend/v1/users?email_address=eve@example.com',
    '/v1/nowhere?__clerk_ticket=abc.def',
    '/%E0%A4%A?email_address=eve@example.com',
    '/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln/sk_live_abcdefgh',
  ]) {
    await app.inject({ url, headers: { authorization: 'Bearer sk_test_shown_here' } })
  }
  await app.close()
  const requests = lines.filter((line) => 'msg' in line && line.msg === 'request')
  expect(requests[0]).toMatchObject({ method: 'GET', path: '/backend/v1/users', status: 401 })
  expect(requests[1]).toMatchObject({ path: '/v1/nowhere', status: 404, ms: expect.any(Number) as number })
  expect(JSON.stringify(lines)).not.toMatch(/eve@|abc\.def|eyJ|sk_live|sk_test/)
})

test.each([
  ['/v1/me?a=b', '/v1/me'],
  ['/v1/users/user_2abc', '/v1/users/user_2abc'],
  ['/npm/@clerk/ui@1/x.js', '/npm/@clerk/ui@1/x.js'],
  [`/${'x'.repeat(300)}`, `/${'x'.repeat(198)}…`],
])('%s is logged as %s', (url, logged) => {
  expect(logPath(url)).toBe(logged)
})
