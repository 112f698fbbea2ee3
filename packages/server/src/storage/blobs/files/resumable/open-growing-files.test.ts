import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { newBlobId } from '../../blobs.ts'
import { md5, streamOf } from '../../contract/bytes.test-support.ts'
import { growingContract } from '../../contract/growing.contract.ts'
import { openFiles } from '../open-files.ts'
import { openGrowingFiles } from './open-growing-files.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-growing-'))
})
afterAll(async () => await rm(folder, { recursive: true, force: true }))

describe('growing blobs in a folder', () => {
  growingContract({
    open: async () => await openGrowingFiles(folder),
    openBlobs: async () => await openFiles(folder),
    piece: 100_000,
  })

  test('bytes that came behind what was told of are counted, and are part of the MD5', async () => {
    const growing = await openGrowingFiles(folder)
    const id = newBlobId()
    await growing.begin(id)
    await growing.append(id, 0, streamOf(Buffer.from('hello')))
    await writeFile(join(folder, 'growing', id), 'world', { flag: 'a' })
    expect(await growing.size(id)).toBe(10)
    expect(await growing.append(id, 10, streamOf(Buffer.from('!')))).toBe(11)
    expect(await growing.finish(id)).toEqual({ size: 11, etag: md5(Buffer.from('helloworld!')) })
    await growing.close()
  })
})
