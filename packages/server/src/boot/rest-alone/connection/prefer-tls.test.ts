import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { connectionTarget } from './connection-target.ts'
import { withPreferredTls } from './prefer-tls.ts'

/** What becomes of `sslmode` in front of a server that answers an SSLRequest so; null for no server. */
async function tlsWith(answer: string | null, query = ''): Promise<unknown> {
  const server = createServer((socket) => socket.once('data', () => socket.write(answer ?? '')))
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  if (answer === null) server.close()
  const { tls } = await withPreferredTls(connectionTarget(`postgresql://u@127.0.0.1:${port}${query}`, {}, 'test'))
  server.close()
  return tls
}

test('TLS is used where the server offers it', async () => {
  expect(await tlsWith('S')).toEqual({ rejectUnauthorized: false })
})

test.each([['N'], ['E'], [null]])('a server that answers %j is spoken to without', async (answer) => {
  expect(await tlsWith(answer)).toBe(false)
})

test('a server is not asked where TLS is not wanted', async () => {
  expect(await tlsWith('S', '?sslmode=disable')).toBe(false)
})
