import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe } from 'vitest'

import { blobsContract } from '../contract/blobs.contract.ts'
import { openFiles } from './open-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-blobs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('blobs as files', () => {
  blobsContract({
    open: async () => await openFiles(join(folder, 'storage')),
    smallestPart: 100_000,
    many: 1000,
    exact: true,
  })
})
