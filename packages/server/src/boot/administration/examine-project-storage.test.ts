import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { readProjectConfig } from '../config/read-project-config.ts'
import { examineProjectStorage } from './examine-project-storage.ts'

test('a project that was never started, or whose folder is not there, is refused, and nothing is made', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'tenon-doctor-'))
  const missing = join(empty, 'nowhere')
  for (const folder of [empty, missing]) {
    const wishes = { deep: false, repair: false, age: null }
    await expect(examineProjectStorage(readProjectConfig(folder, {}), wishes, () => undefined)).rejects.toMatchObject({
      code: 'boot.nothing-stored',
      detail: { folder: join(folder, '.tenon', 'postgres') },
    })
  }
  expect([readdirSync(empty), existsSync(missing)]).toEqual([[], false])
  rmSync(empty, { recursive: true })
})
