// `[storage.buckets.<name>]` of config.toml: buckets that are there when the server answers, with the files of a folder.

import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { projectFolder, type RunningStack, startStack, tenon } from '../running-stack.ts'

let folder: string
let stack: RunningStack
let storage: SupabaseClient['storage']

const config = `
[storage]
file_size_limit = "1MB"

[storage.buckets.icons]
public = true
file_size_limit = "10KB"
allowed_mime_types = ["image/svg+xml", "text/plain"]
objects_path = "./icons"

[storage.buckets.documents]
quota = "5MB"

[storage.buckets.huge]
file_size_limit = "1GB"

[storage.buckets.elsewhere]
objects_path = "./nowhere"
`

beforeAll(async () => {
  folder = projectFolder({
    'supabase/config.toml': config,
    'supabase/icons/plus.svg': '<svg/>',
    'supabase/icons/deep/down.txt': 'down',
    'supabase/icons/ünïcode.txt': 'u',
  })
  stack = await startStack({ folder })
  storage = createClient(stack.line('API_URL'), stack.line('SECRET_KEY')).storage
})
afterAll(async () => {
  await stack.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('buckets are there, as they are configured, beside the one that a migration makes', async () => {
  const { data } = await storage.listBuckets({ sortColumn: 'name', sortOrder: 'asc' })
  expect(data).toMatchObject([
    { name: 'attachments' },
    { name: 'documents', public: false, file_size_limit: null, allowed_mime_types: null, quota: 5_000_000 },
    { name: 'elsewhere' },
    { name: 'icons', public: true, file_size_limit: 10_000, allowed_mime_types: ['image/svg+xml', 'text/plain'] },
  ])
})

test('files of the folder are objects of nobody, and public ones are read by everybody', async () => {
  const { data } = await storage.from('icons').info('deep/down.txt')
  expect(data).toMatchObject({ contentType: 'text/plain', size: 4 })
  const response = await fetch(`${stack.line('API_URL')}/storage/v1/object/public/icons/plus.svg`)
  expect([response.status, await response.text()]).toEqual([200, '<svg/>'])
})

test('what could not be is told of where the server is started', () => {
  for (const told of [
    '[storage.buckets.huge] file_size_limit: ',
    'ünïcode.txt: Invalid key',
    '[storage.buckets.elsewhere] objects_path: there is no /',
  ])
    expect(stack.output()).toContain(told)
})

test('seeding again uploads what is new or changed, and nothing else', async () => {
  writeFileSync(join(folder, 'supabase', 'icons', 'plus.svg'), '<svg></svg>')
  writeFileSync(join(folder, 'supabase', 'icons', 'new.txt'), 'new')
  const failed = await tenon(folder, 'seed', 'buckets').catch((error: { stdout: string; code: number }) => error)
  expect(failed).toMatchObject({ code: 1, stdout: 'Uploaded icons/new.txt\nUploaded icons/plus.svg\n' })
  const { data } = await storage.from('icons').download('plus.svg')
  expect(await data?.text()).toBe('<svg></svg>')
})

test('a reset leaves the buckets as the configuration and the migrations have them', async () => {
  await storage.createBucket('temporary')
  await tenon(folder, 'db', 'reset')
  const { data } = await storage.listBuckets({ sortColumn: 'name', sortOrder: 'asc' })
  expect(data?.map(({ name }) => name)).toEqual(['attachments', 'documents', 'elsewhere', 'icons'])
  expect((await storage.from('icons').download('new.txt')).error).toBeNull()
})
