// The endpoints of Project Settings → API over a real file and database, asked as Studio asks.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { type ServedArea, serveArea } from '../../platform/serve-area.test-support.ts'
import { settingsArea } from '../../platform/project/settings/settings-area.ts'
import { openConfigFile } from '../config-file/config-file.ts'
import { readProjectConfig } from '../config/read-project-config.ts'
import { projectKeys } from '../project-keys.ts'
import { createLiveRest, type LiveRest } from './live-rest.ts'

let folder: string
let area: ServedArea
let rest: LiveRest
let reloads: string[][]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-settings-'))
  mkdirSync(join(folder, 'supabase'))
  reloads = []
  writeFileSync(join(folder, 'supabase', 'config.toml'), '[api]\nmax_rows = 50 # enough\n')
  const { api, auth } = readProjectConfig(folder, {})
  rest = createLiveRest(api)
  const { legacy, ...keys } = projectKeys(auth)
  const reload = async (): Promise<void> => void reloads.push([...rest.scope().schemas])
  area = await serveArea((database) =>
    settingsArea({
      config: openConfigFile({ projectDir: folder, environment: {} }),
      database,
      keys: { ...keys, ...legacy },
      url: 'http://127.0.0.1:54321',
      current: () => rest.current(),
      apply: async (next) => await rest.change(next, reload),
    }),
  )
})
afterEach(async () => {
  await area[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const toml = (): string => readFileSync(join(folder, 'supabase', 'config.toml'), 'utf8')

test('the settings say which of them the file has, and which keys everybody knows', async () => {
  const { status, body } = await area.ask('GET', '/settings/api')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    url: 'http://127.0.0.1:54321',
    keys: {
      publishable: { value: expect.stringMatching(/^sb_publishable_/) as string, source: 'development' },
      serviceRole: { source: 'development' },
      jwtSecret: { value: 'super-secret-jwt-token-with-at-least-32-characters-long', source: 'development' },
    },
    schemas: ['public', 'graphql_public'],
    extraSearchPath: ['public', 'extensions'],
    maxRows: 50,
    inFile: { schemas: false, extraSearchPath: false, maxRows: true },
    knownSchemas: expect.arrayContaining(['public', 'extensions']) as string[],
  })
})

test('a secret of the file makes keys of its own', async () => {
  writeFileSync(join(folder, 'supabase', 'config.toml'), '[auth]\njwt_secret = "another secret of this project"\n')
  expect((await area.ask('GET', '/settings/api')).body).toMatchObject({
    keys: { jwtSecret: { source: 'file' }, anon: { source: 'derived' }, secret: { source: 'development' } },
  })
})

test('a change stands in the file and is served, the catalog first', async () => {
  await area.database.query('create schema shop')
  const { status, body } = await area.ask('PATCH', '/settings/api', { schemas: ['public', 'shop'], maxRows: 10 })
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { schemas: ['public', 'shop'], maxRows: 10, inFile: { schemas: true } },
  })
  expect(toml()).toBe('[api]\nmax_rows = 10 # enough\nschemas = ["public", "shop"]\n')
  expect([rest.current(), reloads]).toEqual([
    { schemas: ['public', 'shop'], extraSearchPath: ['public', 'extensions'], maxRows: 10 },
    [['public', 'shop']],
  ])
  await area.ask('PATCH', '/settings/api', { maxRows: null })
  expect([rest.current().maxRows, readProjectConfig(folder, {}).api.maxRows]).toEqual([null, null])
})

test.each([
  [{ schemas: ['public', 'nowhere'] }, 'settings.schema-unknown'],
  [{ extraSearchPath: ['"; drop schema public; --'] }, 'settings.schema-unknown'],
  [{ schemas: [] }, 'PGRST102'],
  [{ maxRows: -1 }, 'PGRST102'],
  [{ jwtSecret: 'x' }, 'PGRST102'],
])('%j is refused and changes nothing', async (changes, code) => {
  const before = [toml(), rest.current()]
  expect(await area.ask('PATCH', '/settings/api', changes)).toMatchObject({ status: 400, body: { code } })
  expect([toml(), rest.current()]).toEqual(before)
})
