import { createServer } from 'node:net'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createClerkClient } from '@clerk/backend'
import { probe } from 'tenon'
import { expect, test } from 'vitest'

import { freePorts, projectFolder, startStack, tenon } from './running-stack.ts'

test('status says so and fails where nothing runs', async () => {
  const folder = projectFolder()
  await expect(tenon(folder, 'status')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Nothing runs'),
  })
  rmSync(folder, { recursive: true })
})

test('the shell form of status can be evaluated and names every door there is', async () => {
  await using stack = await startStack()
  const { stdout } = await tenon(stack.folder, 'status', '-o', 'env')
  const lines = stdout.trim().split('\n')
  expect(lines.every((line) => /^[A-Z0-9_]+="[^"]*"$/.test(line))).toBe(true)
  expect(lines.map((line) => line.split('=')[0])).toEqual(Object.keys(stack.lines))
  expect(Object.keys(stack.lines)).toEqual(
    expect.arrayContaining(['API_URL', 'DB_URL', 'JWT_SECRET', 'CLERK_SECRET_KEY', 'CLERK_API_URL']),
  )
})

test('env keeps the stack’s variables in the app’s own file, once, and fails where nothing runs', async () => {
  await using stack = await startStack({ files: { '.env.local': 'MINE=1\n' } })
  await tenon(stack.folder, 'env', '--write')
  await tenon(stack.folder, 'env', '--write')
  const text = readFileSync(join(stack.folder, '.env.local'), 'utf8')
  expect(text.startsWith('MINE=1\n')).toBe(true)
  expect(text.match(/^NEXT_PUBLIC_SUPABASE_URL=.*$/gm)).toEqual([`NEXT_PUBLIC_SUPABASE_URL=${stack.line('API_URL')}`])
  expect((await tenon(stack.folder, 'env')).stdout).toContain(`CLERK_FAPI_URL=${stack.line('CLERK_FRONTEND_API_URL')}`)
  await stack.stop()
  await expect(tenon(stack.folder, 'env')).rejects.toMatchObject({ code: 1, stdout: '' })
})

test('stop ends the stack with exit code 0, and is content where nothing runs', async () => {
  const stack = await startStack()
  expect((await tenon(stack.folder, 'stop')).stdout).toContain('Stopped')
  expect(await stack.stop(), stack.output()).toBe(0)
  expect((await tenon(stack.folder, 'stop')).stdout).toContain('Nothing runs')
  await stack[Symbol.asyncDispose]()
})

test('a NATS that is away is told at the start; status and stop find what runs, whatever its configuration says by now', async () => {
  const files = { 'supabase/config.toml': '[realtime]\nnats_url = "nats://127.0.0.1:1"\n' }
  await using stack = await startStack({ files })
  const notice = 'NATS at nats://127.0.0.1:1 cannot be reached'
  expect(stack.output()).toContain(notice)
  writeFileSync(join(stack.folder, 'supabase/config.toml'), '[realtime]\nnats_url = "env(NOBODY_SET_THIS)"\n')
  const { stdout } = await tenon(stack.folder, 'status')
  expect([stdout.includes(stack.line('API_URL')), stdout.includes(notice)]).toEqual([true, true])
  expect((await tenon(stack.folder, 'stop')).stdout).toContain('Stopped')
})

test.each(['gen types', 'studio', 'clerk backfill'])(
  '%s asks what runs, whatever its configuration lacks',
  async (command) => {
    const folder = projectFolder()
    writeFileSync(join(folder, 'supabase', 'config.toml'), '[auth]\nsecret_key = "env(NOBODY_SET_THIS)"\n')
    await expect(tenon(folder, ...command.split(' '))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing runs'),
    })
    rmSync(folder, { recursive: true })
  },
)

test('db query prints rows, also where nothing runs and the keys of doors wait for their variables', async () => {
  const folder = projectFolder()
  const [port] = await freePorts(1)
  const keys = '[auth]\nsecret_key = "env(UNSET)"\n[studio]\npassword = "env(UNSET)"\n'
  writeFileSync(join(folder, 'supabase', 'config.toml'), `project_id = "q"\n[db]\nport = ${port}\n${keys}`)
  const { stdout } = await tenon(folder, 'db', 'migrate')
  expect(stdout).toContain('Applied migration 20260101000001_tasks')
  const query = await tenon(folder, 'db', 'query', '-o', 'csv', `select 1 as one, null as nothing, current_user as me`)
  expect(query.stdout).toBe('one,nothing,me\n1,,postgres\n')
  rmSync(folder, { recursive: true })
})

test('db reset empties what was written, keeps the people, and the running stack goes on', async () => {
  await using stack = await startStack()
  await tenon(stack.folder, 'db', 'query', `insert into tasks (name, user_id) values ('x', 'y'); create table extra ()`)
  await tenon(stack.folder, 'db', 'reset')
  const headers = { apikey: stack.line('SECRET_KEY') }
  expect(await (await fetch(`${stack.line('REST_URL')}/tasks`, { headers })).json()).toEqual([])
  await expect
    .poll(async () => (await fetch(`${stack.line('REST_URL')}/extra`, { headers })).status, { timeout: 5000 })
    .toBe(404)
})

test('db reset keeps the people of the built-in instance, and with --people begins again with its seed', async () => {
  await using stack = await startStack({
    files: {
      'supabase/config.toml': '[clerk]\nseed_path = "people.toml"\n',
      'supabase/people.toml': '[[users]]\nemail_address = ["seeded@example.com"]\n',
    },
  })
  const clerk = createClerkClient({ secretKey: stack.line('CLERK_SECRET_KEY'), apiUrl: stack.line('CLERK_API_URL') })
  await clerk.users.createUser({ emailAddress: ['made@example.com'], skipPasswordRequirement: true })
  await tenon(stack.folder, 'db', 'reset')
  expect(await clerk.users.getCount()).toBe(2)
  await tenon(stack.folder, 'db', 'reset', '--people')
  const { data } = await clerk.users.getUserList()
  expect(data.map((user) => user.emailAddresses[0]?.emailAddress)).toEqual(['seeded@example.com'])
})

test('a new migration is applied to the running stack, and its table answers at once', async () => {
  await using stack = await startStack()
  writeFileSync(
    join(stack.folder, 'supabase/migrations/20270101000000_more.sql'),
    'create table more (id int primary key);',
  )
  expect((await tenon(stack.folder, 'db', 'migrate')).stdout).toContain('20270101000000_more')
  const headers = { apikey: stack.line('SECRET_KEY') }
  await expect
    .poll(async () => (await fetch(`${stack.line('REST_URL')}/more`, { headers })).status, { timeout: 5000 })
    .toBe(200)
})

test('a failing migration names its file, line and statement, and nothing after it is applied', async () => {
  const files = {
    'supabase/migrations/20270101000000_wrong.sql': 'create table fine ();\n\ncreate table wrong (\n  id nothing\n);\n',
    'supabase/migrations/20270101000001_later.sql': 'create table later ();',
  }
  const failure = await startStack({ files }).catch((error: unknown) => String(error))
  expect(failure).toContain('20270101000000_wrong.sql, line 4')
  expect(failure).toContain('type "nothing" does not exist')
  expect(failure).toContain('ended with 1')
})

test('a port that is taken is named with the key and the flag that change it', async () => {
  const folder = projectFolder()
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(tenon(folder, 'start', '--api-port', `${port}`)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${port}[\\s\\S]*\\[api\\] port[\\s\\S]*--api-port`)),
  })
  other.close()
  rmSync(folder, { recursive: true })
})

test('a second start of the same project says which process runs already', async () => {
  await using stack = await startStack()
  const [api, mailbox, clerk, studio] = await freePorts(4)
  const database = new URL(stack.line('DB_URL')).port
  const doors = ['--mailbox-port', `${mailbox}`, '--clerk-port', `${clerk}`, '--studio-port', `${studio}`]
  const ports = ['--api-port', `${api}`, '--db-port', database, ...doors]
  await expect(tenon(stack.folder, 'start', ...ports)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`process ${stack.process.pid}`),
  })
})

test('development keys are not served to strangers unless told so', async () => {
  const folder = projectFolder()
  await expect(tenon(folder, 'start', '--host', '0.0.0.0')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/development keys[\s\S]*allow_development_keys/),
  })
  rmSync(folder, { recursive: true })
})

test('a folder without supabase/ serves an empty project', async () => {
  await using stack = await startStack({ empty: true })
  const answer = await fetch(`${stack.line('REST_URL')}/tasks`, { headers: { apikey: stack.line('ANON_KEY') } })
  expect(answer.status).toBe(404)
})

function pem(name: string): string {
  return readFileSync(join(import.meta.dirname, 'tls', name), 'utf8')
}

test('over TLS with a certificate of its own, the stack answers, is found and is stopped', async () => {
  await using stack = await startStack({
    files: {
      'supabase/certificate.pem': pem('certificate.pem'),
      'supabase/key.pem': pem('key.pem'),
      'supabase/config.toml': '[api.tls]\nenabled = true\ncert_path = "certificate.pem"\nkey_path = "key.pem"\n',
    },
  })
  expect(stack.line('API_URL')).toMatch(/^https:/)
  expect((await probe(`${stack.line('REST_URL')}/tasks`, { apikey: stack.line('SECRET_KEY') })).status).toBe(200)
  expect((await tenon(stack.folder, 'stop')).stdout).toContain('Stopped')
})

test('TLS without a certificate is refused by the name of the key', async () => {
  const failure = await startStack({ files: { 'supabase/config.toml': '[api.tls]\nenabled = true\n' } }).catch(String)
  expect(failure).toContain('api.tls.cert_path must be given')
})

test('a certificate that is not there ends the start, by its name', async () => {
  const toml = '[api.tls]\nenabled = true\ncert_path = "lost.pem"\nkey_path = "lost.pem"\n'
  const failure = await startStack({ files: { 'supabase/config.toml': toml } }).catch(String)
  expect(failure).toContain('lost.pem')
})

test('the version is printed, and that of PostgREST where its door is asked', async () => {
  const folder = projectFolder()
  const { version } = JSON.parse(readFileSync('packages/server/package.json', 'utf8')) as { version: string }
  expect((await tenon(folder, '--version')).stdout).toBe(`${version}\n`)
  expect((await tenon(folder, 'rest', '--version')).stdout).toMatch(/^PostgREST /)
  rmSync(folder, { recursive: true })
})

test('seeding buckets says so where none is configured', async () => {
  const folder = projectFolder()
  const { stdout } = await tenon(folder, 'seed', 'buckets')
  expect(stdout).toBe('supabase/config.toml names no bucket: [storage.buckets.<name>] makes one.\n')
  rmSync(folder, { recursive: true })
})

test('a query without a statement, and a project that is not there or is a file, are told so', async () => {
  const folder = projectFolder()
  await expect(tenon(folder, 'db', 'query', ' ')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('nothing to run'),
  })
  await expect(tenon(folder, 'db', 'query', 'select 1', '--project', join(folder, 'mistyped'))).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('mistyped is not there'),
  })
  expect(existsSync(join(folder, 'mistyped'))).toBe(false)
  const file = join(folder, 'supabase', 'seed.sql')
  writeFileSync(file, '')
  await expect(tenon(folder, 'start', '--project', file)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`${file} is no folder`),
  })
  rmSync(folder, { recursive: true })
})

test('each statement of a query is answered', async () => {
  await using stack = await startStack()
  const { stdout } = await tenon(
    stack.folder,
    'db',
    'query',
    '-o',
    'csv',
    'select 1 as a; create table t (); select 2 as b',
  )
  expect(stdout).toBe('a\n1\nCREATE\nb\n2\n')
})

test('gen types prints the tables’ types, in both spellings of the language, and fails for another, for a schema that is not there or where nothing runs', async () => {
  const alone = projectFolder()
  await expect(tenon(alone, 'gen', 'types', 'typescript', '--local')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Nothing runs'),
  })
  rmSync(alone, { recursive: true })
  await using stack = await startStack()
  const { stdout } = await tenon(stack.folder, 'gen', 'types', 'typescript', '--local')
  expect(stdout).toMatch(/^export type Json =[\s\S]*\n {2}public: \{\n {4}Tables: \{\n[\s\S]*\n {6}tasks: \{/)
  const named = await tenon(stack.folder, 'gen', 'types', '--lang', 'typescript', '--schema', 'public', '-s', 'auth')
  expect(named.stdout).toMatch(/\n {2}auth: \{[\s\S]*\n {2}public: \{/)
  await expect(tenon(stack.folder, 'gen', 'types', 'swift')).rejects.toMatchObject({
    stderr: expect.stringContaining('not for swift'),
  })
  await expect(tenon(stack.folder, 'gen', 'types', '--schema', 'typo')).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/There is no schema “typo”, only auth, .*public.*\n$/),
  })
})
