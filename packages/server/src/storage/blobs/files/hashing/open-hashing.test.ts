import { afterEach, expect, test } from 'vitest'

import { md5, someBytes } from '../../contract/bytes.test-support.ts'
import { ownChunk } from '../../own-chunks.ts'
import { type Hashing, openHashing } from './open-hashing.ts'

let hashing: Hashing = openHashing()
afterEach(async () => {
  await hashing.close()
  hashing = openHashing()
})

test('files whose chunks come in turns are hashed each by itself', async () => {
  const files = [1, 2, 3].map((seed) => ({ hash: hashing.begin(), bytes: someBytes(30_000, seed) }))
  for (let at = 0; at < 30_000; at += 10_000)
    await Promise.all(files.map(async ({ hash, bytes }) => await hash.update([bytes.subarray(at, at + 10_000)])))
  for (const { hash, bytes } of files) expect(await hash.end()).toBe(md5(bytes))
})

test('the memory of one’s own chunks goes to the thread, and that of others stays', async () => {
  const [own, shared] = [ownChunk(Buffer.from(new Uint8Array(65_536))), someBytes(65_536)]
  const expected = md5(own, shared)
  const hash = hashing.begin()
  await hash.update([own, shared])
  expect([own.length, shared.length]).toEqual([0, 65_536])
  expect(await hash.end()).toBe(expected)
})

test('a thread that ends takes its files along, and the next file starts another', async () => {
  const lost = hashing.begin()
  await lost.update([someBytes(10)])
  await hashing.close()
  await expect(lost.end()).rejects.toThrow('the thread that hashes ended')
  const next = hashing.begin()
  await next.update([someBytes(10)])
  expect(await next.end()).toBe(md5(someBytes(10)))
})
