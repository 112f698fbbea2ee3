import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'

import { expect, test } from 'vitest'

import { projectFolder, type RunningStack, startStack } from '../../conformance/running-stack.ts'

const MEBIBYTE = 1024 * 1024
/** `TENON_LARGE_MIB=5120` has it with 5 GB. */
const SIZE = Number(process.env['TENON_LARGE_MIB'] ?? 300) * MEBIBYTE
const CONFIG = `
  [storage]
  file_size_limit = ${2 * SIZE}
  [storage.buckets.large]
  public = true
`

test(
  `an object of ${SIZE / MEBIBYTE} MiB goes up and down in less than 100 MiB of memory`,
  { timeout: 1_800_000 },
  async () => {
    const folder = projectFolder({ 'supabase/config.toml': CONFIG })
    await using stack = await startStack({ folder })
    // Once with little, so that what every first request loads is not counted.
    await sendAndReceive(stack, 'small', MEBIBYTE)
    const before = residentBytes(stack)
    let peak = before
    const watch = setInterval(() => {
      peak = Math.max(peak, residentBytes(stack))
    }, 20)
    await sendAndReceive(stack, 'large', SIZE)
    clearInterval(watch)
    console.log(`${before / MEBIBYTE} MiB before, ${peak / MEBIBYTE} MiB at most`)
    expect(peak - before).toBeLessThan(100 * MEBIBYTE)
  },
)

/** What comes back has the same bytes. */
async function sendAndReceive(stack: RunningStack, name: string, size: number): Promise<void> {
  const sent = createHash('md5')
  const url = `${stack.line('API_URL')}/storage/v1/object`
  const response = await fetch(`${url}/large/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.line('SERVICE_ROLE_KEY')}`, 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(Readable.from(pieces(size, (piece) => sent.update(piece)))) as ReadableStream,
    duplex: 'half',
  })
  expect(response.status, await response.text()).toBe(200)
  const received = createHash('md5')
  const { body } = await fetch(`${url}/public/large/${name}`)
  for await (const chunk of body ?? []) received.update(chunk)
  expect(received.digest('hex')).toBe(sent.digest('hex'))
}

function* pieces(size: number, each: (piece: Buffer) => void): Generator<Buffer> {
  for (let at = 0; at < size; at += MEBIBYTE) {
    const piece = Buffer.alloc(MEBIBYTE, `piece ${at} `)
    each(piece)
    yield piece
  }
}

/** Of the server's process; its Postgres is another. */
function residentBytes(stack: RunningStack): number {
  const status = readFileSync(`/proc/${stack.process.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
}
