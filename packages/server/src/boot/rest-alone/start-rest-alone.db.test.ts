import { once } from 'node:events'
import { connect } from 'node:net'
import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RestAlone, startRestAlone } from './start-rest-alone.ts'

let made: TestDatabase
let alone: RestAlone

function environment(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    PGRST_DB_URI: made.url('authenticator'),
    PGRST_DB_SCHEMAS: 'public',
    PGRST_DB_ANON_ROLE: 'anon',
    PGRST_SERVER_HOST: '127.0.0.1',
    PGRST_SERVER_PORT: '0',
    PGRST_ADMIN_SERVER_PORT: '0',
    PGRST_SERVER_TRACE_HEADER: 'X-Trace',
    PGRST_DB_POOL: '2',
    ...more,
  }
}

function start(env: Readonly<Record<string, string>>, lines: string[] = []): Promise<RestAlone> {
  const output = { out: () => undefined, err: (line: string) => void lines.push(line) }
  return startRestAlone({ sources: { environment: env, file: null }, output, onFatal: () => undefined })
}

const address = (path: string): string => `http://127.0.0.1:${alone.port}${path}`

beforeAll(async () => {
  made = await createTestDatabase()
  await made.query(`create table public.notes (id int primary key); insert into public.notes values (1);
    create table public.many as select generate_series(1, 5) as id; grant select on public.many to anon`)
  alone = await start(environment())
  await alone.ready()
})

afterAll(async () => {
  await alone.stop()
  await made.drop()
})

test('rows are served to whoever asks, with the headers around every response', async () => {
  const response = await fetch(address('/notes'), { headers: { 'x-trace': 'abc', origin: 'http://a.example' } })
  expect(await response.json()).toEqual([{ id: 1 }])
  expect(response.headers.get('server')).toMatch(/^postgrest\//)
  expect(response.headers.get('x-trace')).toBe('abc')
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
})

test('a refusal carries them too', async () => {
  const response = await fetch(address('/nowhere'), { headers: { 'x-trace': 'abc' } })
  expect(response.status).toBe(404)
  expect(response.headers.get('proxy-status')).toBe('PostgREST; error=PGRST205')
  expect(response.headers.get('x-trace')).toBe('abc')
})

test('a method nobody knows is refused in the dialect', async () => {
  const socket = connect(alone.port ?? 0, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('FOO /notes HTTP/1.1\r\nHost: x\r\n\r\n')
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  const answered = Buffer.concat(chunks).toString()
  expect(answered).toMatch(/^HTTP\/1\.1 405 /)
  expect(answered).toContain('"code":"PGRST117"')
  expect(answered).toContain('Unsupported HTTP method: FOO')
})

test('the admin server tells whether the door lives and is ready', async () => {
  const admin = `http://127.0.0.1:${alone.adminPort}`
  const answers = await Promise.all(['/live', '/ready', '/other'].map((path) => fetch(`${admin}${path}`)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404])
})

async function rowsShown(): Promise<number> {
  const response = await fetch(address('/many'))
  return ((await response.json()) as unknown[]).length
}

test('settings of the login role win over the environment, and are read again when told to', async () => {
  const role = `alter role authenticator in database "${made.name}"`
  await made.query(`${role} set pgrst.db_max_rows = '2'; notify pgrst`, 'supabase_admin')
  await expect.poll(rowsShown).toBe(2)
  await made.query(`${role} reset pgrst.db_max_rows; notify pgrst, 'reload config'`, 'supabase_admin')
  await expect.poll(rowsShown).toBe(5)
})

test('a port that is taken is refused, and nothing is left open', async () => {
  const notes: string[] = []
  const second = start(environment({ PGRST_SERVER_PORT: String(alone.port) }), notes)
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
  expect(notes.filter((line) => line.includes('did not close'))).toEqual([])
})

test('a configuration that is wrong is refused with its reason', async () => {
  await expect(start(environment({ PGRST_JWT_SECRET: 'short' }))).rejects.toThrow('32 characters')
  await expect(start(environment({ PGRST_DB_URI: 'nonsense' }))).rejects.toThrow('db-uri')
})
