import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { pino } from 'pino'
import { expect, test } from 'vitest'

import { newBlobId } from './blobs.ts'
import { someBytes, streamOf } from './contract/bytes.test-support.ts'
import { discard } from './discard.ts'
import { openFiles } from './files/open-files.ts'

test('bytes that cannot be removed are told of in the log alone, and stay for the sweep', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-discard-'))
  const blobs = await openFiles(folder)
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const id = newBlobId()
  await blobs.write(id, streamOf(someBytes(10)), 10)
  const [place, away] = [join(folder, 'blobs'), join(folder, 'away')]
  renameSync(place, away)
  writeFileSync(place, '')
  await discard({ blobs, log }, [id, null])
  rmSync(place)
  renameSync(away, place)
  expect(lines.map((line) => (JSON.parse(line) as { readonly msg: string }).msg)).toEqual([
    'bytes without a row could not be removed; they will be swept',
  ])
  expect(await blobs.stat(id)).toMatchObject({ size: 10 })
  await discard({ blobs, log }, [id])
  expect([await blobs.stat(id), lines.length]).toEqual([null, 1])
  expect(readdirSync(join(folder, 'unfinished'))).toEqual([])
  await blobs.close()
  rmSync(folder, { recursive: true })
})
