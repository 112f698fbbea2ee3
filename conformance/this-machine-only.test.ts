import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

import { expect, test } from 'vitest'

const guard = pathToFileURL(join(resolve(import.meta.dirname, '..'), 'scripts', 'this-machine-only.ts')).href

test('a process that is kept on this machine reaches its servers and no other name', async () => {
  const server = createServer((_request, response) => response.end('here'))
  await new Promise<void>((done) => server.listen(0, 'localhost', done))
  const { port } = server.address() as AddressInfo
  const program = `
    console.log(await (await fetch('http://localhost:${port}')).text())
    console.log(await fetch('http://registry.example:${port}').catch(({ cause }) => cause.message))`
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    guard,
    '--input-type=module',
    '-e',
    program,
  ])
  expect(stdout).toBe('here\nregistry.example is not this machine\n')
  server.close()
})
