import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { readCatalog } from '../../../catalog/read-catalog.ts'
import { openDatabase, type OpenDatabase } from '../../../database/pipeline/open-database.ts'
import { openPlatformDatabase, type PlatformDatabase } from '../../database/platform-database.ts'
import { platformDoor } from '../../platform-door.ts'
import { richSchema, typedProgram } from './typed-program.test-support.ts'
import { typesArea } from './types-area.ts'

const MODULES = resolve(import.meta.dirname, '..', '..', '..', '..', '..', 'node_modules')
const run = promisify(execFile)

let testDatabase: TestDatabase
let platform: PlatformDatabase
let rest: OpenDatabase
let app: FastifyInstance
let types: string

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  await testDatabase.query(richSchema)
  await testDatabase.query('create schema nothing_here')
  platform = openPlatformDatabase({ connection: testDatabase.settings(), onLost: () => undefined })
  rest = openDatabase({ url: testDatabase.url('authenticator'), size: 1 })
  const scope = { extraSearchPath: [], authenticatorRole: 'authenticator', hoistedSettings: [] }
  const area = typesArea({
    database: platform,
    readCatalog: async (schemas) => await readCatalog((work) => rest.run(work), { schemas, ...scope }, 0),
    exposedSchemas: () => ['public', 'graphql_public'],
  })
  app = Fastify()
  await app.register(platformDoor([area]))
  types = (await app.inject('/types/typescript?schemas=public,app')).body
})
afterAll(async () => {
  await app.close()
  await platform.close()
  await rest.close()
  await testDatabase.drop()
})

/** Everything the compiler objects to, empty for nothing. */
async function compiled(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-types-'))
  try {
    symlinkSync(MODULES, join(folder, 'node_modules'))
    mkdirSync(join(folder, 'src'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'src', name), text)
    const strict = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--skipLibCheck']
    const modules = ['--module', 'nodenext', '--target', 'es2024', '--allowImportingTsExtensions', '--noEmit']
    const sources = Object.keys(files).map((name) => join(folder, 'src', name))
    const compiler = join(MODULES, 'typescript', 'bin', 'tsc')
    await run(process.execPath, [compiler, ...strict, ...modules, '--types', 'node', ...sources], { cwd: folder })
    return ''
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? String(error)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('supabase-js checks a program against the types: what is right compiles, what is wrong does not', async () => {
  expect(await compiled({ 'database.types.ts': types, 'program.ts': typedProgram })).toBe('')
})

test('types of schemas without anything in them, or without public, compile', async () => {
  for (const schemas of ['nothing_here', 'app', 'public,nothing_here', 'auth,storage,extensions']) {
    const { body } = await app.inject(`/types/typescript?schemas=${schemas}`)
    expect([schemas, await compiled({ 'database.types.ts': body })]).toEqual([schemas, ''])
  }
})

test('a schema that is not there is refused with those that are, unless the API serves it', async () => {
  const { statusCode, body } = await app.inject('/types/typescript?schemas=public,typo,other')
  expect([statusCode, JSON.parse(body)]).toEqual([
    404,
    expect.objectContaining({
      code: 'platform.schema-unknown',
      message: expect.stringMatching(/^There is no schema “typo” and no “other”, only app, .*nothing_here, .*public/),
    }),
  ])
  for (const schemas of ['graphql_public', 'pg_catalog'])
    expect((await app.inject(`/types/typescript?schemas=${schemas}`)).statusCode).toBe(200)
})

test('without a name the exposed schemas are described; names of other schemas’ types are spelled out', async () => {
  const { body, headers } = await app.inject('/types/typescript')
  expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(body).toContain('  public: {\n    Tables: {\n      people: {\n        Row: {\n          age: number\n')
  expect(body).toContain('level: "low" | "high" | null')
  expect(body).not.toContain('secrets')
})

test.each([
  ['a column of a domain', 'email: string\n'],
  ['a column that Postgres generates', 'upper_name?: never\n'],
  ['a name that is no identifier', String.raw`"odd \"name\" 1"?: number | null`],
  ['a word of the language', '          class: string | null\n'],
  ['an argument with a default', 'add: { Args: { a: number; b?: number }; Returns: number }'],
  ['a function that takes a list', 'many: { Args: { names: string[] }; Returns: number }'],
  ['a function that takes the whole body', 'whole: { Args: { "": Json }; Returns: Json }'],
  ['overloads', 'over:\n        | { Args: { a: number }; Returns: number }\n'],
  [
    'overloads that nobody can tell apart',
    '"Could not choose the best candidate function between: public.clash(a => int4)',
  ],
  ['a one-to-one relationship', 'columns: ["person_id"]\n            isOneToOne: true\n'],
  ['the labels of an enum', String.raw`mood: "sad" | "ok" | "very happy" | "it's \"odd\""`],
])('%s is printed as the client expects', (_what, printed) => {
  expect(types).toContain(printed)
})

test('a schema’s name that cannot be one is refused', async () => {
  const { statusCode, body } = await app.inject(`/types/typescript?schemas=${'x'.repeat(64)}`)
  expect([statusCode, body]).toEqual([400, expect.stringContaining('at most 63 bytes')])
})
