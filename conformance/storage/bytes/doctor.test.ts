// A project whose bytes are on this disk: what a disk that refuses looks like to clients; and what `tenon doctor storage` says,
// with which exit code, and what it repairs.

import { readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type RunningStack, startStack, tenon } from '../../running-stack.ts'

let stack: RunningStack
let files: ReturnType<SupabaseClient['storage']['from']>

beforeAll(async () => {
  stack = await startStack({ empty: true })
  const { storage } = createClient(stack.line('API_URL'), stack.line('SECRET_KEY'))
  await storage.createBucket('files')
  files = storage.from('files')
})
afterAll(async () => await stack[Symbol.asyncDispose]())

interface Said {
  readonly code: number
  readonly lines: readonly string[]
}

async function doctor(...flags: readonly string[]): Promise<Said> {
  const ended = await tenon(stack.folder, 'doctor', 'storage', '--age', '0', ...flags).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: unknown) => error as { readonly code: number; readonly stdout: string },
  )
  return { code: ended.code, lines: ended.stdout.trimEnd().split('\n') }
}

/** The file of the only blob that is not among `others`. */
function blobBeside(others: ReadonlySet<string>): string {
  const [path, ...more] = blobFiles().filter((file) => !others.has(file))
  if (path === undefined || more.length > 0) throw new Error('more than one blob came, or none')
  return path
}

function blobFiles(): readonly string[] {
  const folder = join(stack.folder, '.tenon', 'storage', 'blobs')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** The file that has its bytes. */
async function upload(name: string, text: string): Promise<string> {
  const before = new Set(blobFiles())
  expect((await files.upload(name, text)).error).toBeNull()
  return blobBeside(before)
}

test('what is wrong is told of with exit code 1, is repaired on demand, and then all is well', async () => {
  await upload('whole.txt', 'whole')
  rmSync(await upload('lost.txt', 'lost'))
  const short = await upload('short.txt', 'too short')
  truncateSync(short, 3)
  const found = await doctor()
  expect(found.code).toBe(1)
  expect(found.lines.toSorted()).toEqual([
    '3 objects and 2 blobs looked at: 2 findings, 0 repaired. Say --repair to have done what can be.',
    'files/lost.txt has no bytes',
    'files/short.txt is damaged: it has 3 of 9 bytes; upload it again or delete it',
  ])
  const repaired = await doctor('--repair')
  expect(repaired.code).toBe(1)
  expect(repaired.lines.toSorted()).toEqual([
    '3 objects and 2 blobs looked at: 2 findings, 1 repaired.',
    'files/lost.txt has no bytes: its row is removed',
    'files/short.txt is damaged: it has 3 of 9 bytes; upload it again or delete it',
  ])
  writeFileSync(short, 'too short')
  expect(await doctor()).toEqual({ code: 0, lines: ['2 objects and 2 blobs looked at: all is well.'] })
  expect(await (await files.download('short.txt')).data?.text()).toBe('too short')
})

test('a folder that takes no bytes is told of without a word of where it is, and uploads go on once it does', async () => {
  const [unfinished, away] = ['unfinished', 'away'].map((name) => join(stack.folder, '.tenon', 'storage', name)) as [
    string,
    string,
  ]
  renameSync(unfinished, away)
  writeFileSync(unfinished, '')
  const before = blobFiles()
  const answers = await Promise.all(
    ['small', 'x'.repeat(1_000_000)].map(async (text) => {
      const answer = await fetch(`${stack.line('API_URL')}/storage/v1/object/files/refused.txt`, {
        method: 'POST',
        headers: { authorization: `Bearer ${stack.line('SERVICE_ROLE_KEY')}`, 'content-type': 'text/plain' },
        body: text,
      })
      return [answer.status, await answer.json()]
    }),
  )
  rmSync(unfinished)
  renameSync(away, unfinished)
  const said = {
    statusCode: '500',
    error: 'InternalError',
    code: 'StorageBackendError',
    message: 'The folder of the bytes is gone',
  }
  expect(answers).toEqual([
    [500, said],
    [500, said],
  ])
  expect(blobFiles()).toEqual(before)
  expect((await files.exists('refused.txt')).data).toBe(false)
  await upload('accepted.txt', 'accepted')
  expect((await files.remove(['accepted.txt'])).error).toBeNull()
})

test('after a reset of the database the bytes of before are told of, and removed on demand', async () => {
  await tenon(stack.folder, 'db', 'reset')
  const found = await doctor()
  expect(found.code).toBe(1)
  expect(found.lines).toEqual([
    expect.stringMatching(/^Blob [0-9a-f-]{36} of \d bytes belongs to no object$/),
    expect.stringMatching(/^Blob [0-9a-f-]{36} of \d bytes belongs to no object$/),
    '0 objects and 2 blobs looked at: 2 findings, 0 repaired. Say --repair to have done what can be.',
  ])
  expect(await doctor('--repair')).toMatchObject({ code: 0 })
  expect(blobFiles()).toEqual([])
})
