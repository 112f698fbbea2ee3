import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'

import { describe, expect, it, onTestFinished } from 'vitest'

import { openRenderedCache, type RenderedCache } from './open-rendered-cache.ts'

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-rendered-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function keep(cache: RenderedCache, key: string, text: string): Promise<void> {
  const path = cache.unfinished(key)
  writeFileSync(path, text)
  await cache.keep(key, 'webp', path)
}

async function textOf(cache: RenderedCache, key: string): Promise<string | null> {
  const kept = await cache.read(key)
  return kept === null ? null : (await buffer(kept.bytes())).toString()
}

function files(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.webp'))
}

const minute = 60_000
/** What a small file counts for. */
const LEAST = 4096
const ROOMY = 10 * LEAST

describe('openRenderedCache', () => {
  it('gives back what it was given', async () => {
    const cache = await openRenderedCache(temporary(), ROOMY, () => 0)
    await keep(cache, 'aa01', 'bytes')
    const kept = await cache.read('aa01')
    expect(kept).toMatchObject({ format: 'webp', size: 5 })
    await kept?.close()
    expect(await textOf(cache, 'aa01')).toBe('bytes')
    expect(await cache.read('aa02')).toBeNull()
  })

  it('makes room by what was not used for the longest time', async () => {
    const folder = temporary()
    const cache = await openRenderedCache(folder, 2 * LEAST, () => 0)
    await keep(cache, 'aa01', '12345')
    await keep(cache, 'aa02', '12345')
    await textOf(cache, 'aa01')
    await keep(cache, 'aa03', '12345')
    expect(await textOf(cache, 'aa02')).toBeNull()
    expect(await textOf(cache, 'aa01')).toBe('12345')
    expect(files(folder)).toHaveLength(2)
  })

  it('makes room by the number of files where they are tiny, also of those from before a restart', async () => {
    const folder = temporary()
    const before = await openRenderedCache(folder, 3 * LEAST, () => 0)
    for (const name of ['aa01', 'aa02', 'aa03', 'aa04', 'aa05']) await keep(before, name, '1')
    expect(files(folder)).toHaveLength(3)
    const after = await openRenderedCache(folder, 2 * LEAST, () => 0)
    await keep(after, 'aa09', '1')
    expect(files(folder)).toHaveLength(2)
  })

  it('keeps the newest, however large it is', async () => {
    const folder = temporary()
    const cache = await openRenderedCache(folder, 0, () => 0)
    await keep(cache, 'aa01', '12345')
    await keep(cache, 'aa02', '123456789')
    expect(await textOf(cache, 'aa02')).toBe('123456789')
    expect(files(folder)).toHaveLength(1)
  })

  it('goes on reading what has made room meanwhile', async () => {
    const cache = await openRenderedCache(temporary(), LEAST, () => 0)
    await keep(cache, 'aa01', '12345')
    const kept = await cache.read('aa01')
    await keep(cache, 'aa02', '54321')
    expect(kept === null ? null : (await buffer(kept.bytes())).toString()).toBe('12345')
    expect(await cache.read('aa01')).toBeNull()
  })

  it('finds again after a restart what was kept, and what was used last', async () => {
    const folder = temporary()
    let time = 10 * minute
    const before = await openRenderedCache(folder, ROOMY, () => time)
    await keep(before, 'aa01', '12345')
    await keep(before, 'aa02', '12345')
    time = Date.now() + 10 * minute
    await textOf(before, 'aa01')
    writeFileSync(before.unfinished('aa03'), 'half')
    const after = await openRenderedCache(folder, 2 * LEAST, () => time)
    expect(existsSync(after.unfinished('aa03'))).toBe(false)
    await keep(after, 'aa04', '12345')
    expect(await textOf(after, 'aa01')).toBe('12345')
    expect(await textOf(after, 'aa02')).toBeNull()
  })

  it('does not take a file that was cut off for a whole one', async () => {
    const folder = temporary()
    await keep(await openRenderedCache(folder, ROOMY, () => 0), 'aa01', '12345')
    truncateSync(join(folder, 'aa', 'aa01-5.webp'), 2)
    writeFileSync(join(folder, 'aa', 'stray.txt'), 'of somebody else')
    const cache = await openRenderedCache(folder, ROOMY, () => 0)
    expect(await cache.read('aa01')).toBeNull()
    expect(readdirSync(join(folder, 'aa'))).toEqual([])
  })

  it('forgets what somebody deleted', async () => {
    const folder = temporary()
    const cache = await openRenderedCache(folder, ROOMY, () => 0)
    await keep(cache, 'aa01', '12345')
    rmSync(join(folder, 'aa'), { recursive: true })
    expect(await cache.read('aa01')).toBeNull()
    await keep(cache, 'aa01', 'anew')
    expect(await textOf(cache, 'aa01')).toBe('anew')
  })
})
