import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { seedBuckets } from './seed-buckets.ts'

test('where Storage is switched off no bucket is said to be up to date', async () => {
  const project = mkdtempSync(join(tmpdir(), 'tenon-seed-'))
  mkdirSync(join(project, 'supabase'))
  writeFileSync(join(project, 'supabase', 'config.toml'), '[storage]\nenabled = false\n[storage.buckets.icons]\n')
  await expect(seedBuckets({ project })).rejects.toMatchObject({
    code: 'boot.switched-off',
    detail: { key: '[storage] enabled' },
  })
  rmSync(project, { recursive: true })
})
