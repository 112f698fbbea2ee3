import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { getOverSocket, runRest, startRest } from './running-rest.ts'
import { freePorts, type RunningStack, startStack } from './running-stack.ts'

let stack: RunningStack
let owner: Client
let folder: string
let uri: URL
const secret = 'a secret that is long enough for it'

const schema = `
  create role rest_login login noinherit password 'rest-password';
  create role rest_anonymous nologin;
  create role rest_reader nologin;
  grant rest_anonymous, rest_reader to rest_login;
  create schema api;
  create schema later;
  create table api.items (id int primary key);
  insert into api.items values (1), (2), (3);
  create table later.things (id int);
  create function api.slow(seconds float) returns void language sql as 'select pg_sleep(seconds)';
  create function api.program() returns text language sql as $$ select current_setting('application_name') $$;
  grant usage on schema api, later to rest_anonymous, rest_reader;
  grant select on all tables in schema api to rest_anonymous, rest_reader;
  grant select on later.things to rest_anonymous;`

beforeAll(async () => {
  stack = await startStack({ empty: true })
  owner = new Client(stack.line('DB_URL'))
  await owner.connect()
  await owner.query(schema)
  uri = new URL(stack.line('DB_URL'))
  uri.username = 'rest_login'
  uri.password = 'rest-password'
  folder = mkdtempSync(join(tmpdir(), 'tenon-rest-'))
})

afterAll(async () => {
  await owner.end()
  await stack[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

function environment(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    PGRST_DB_URI: uri.href,
    PGRST_DB_SCHEMAS: 'api',
    PGRST_DB_ANON_ROLE: 'rest_anonymous',
    PGRST_SERVER_HOST: '127.0.0.1',
    PGRST_SERVER_PORT: '0',
    PGRST_ADMIN_SERVER_PORT: '0',
    PGRST_JWT_SECRET: secret,
    ...more,
  }
}

const loaded = /Schema cache loaded in/
const status = async (url: string): Promise<number> => (await fetch(url)).status

function configFile(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function token(claims: object): Promise<string> {
  const signed = await new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret))
  return `Bearer ${signed}`
}

test.each(['--help', '-h', '--version', '-v', '--example', '-e'])('%s prints and succeeds', async (option) => {
  expect(await runRest({}, option)).toMatchObject({ code: 0, out: expect.stringMatching(/\S/), err: '' })
})

test.each([
  [{}, ['--nonsense'], 'nonsense'],
  [{}, ['nowhere.conf'], 'nowhere.conf'],
  [{ PGRST_JWT_SECRET: 'short' }, [], 'The JWT secret must be at least 32 characters long.'],
  [{ PGRST_ADMIN_SERVER_PORT: '3000' }, [], 'admin-server-port cannot be the same as server-port'],
  [{ PGRST_DB_SCHEMAS: 'pg_catalog' }, ['--dump-config'], "db-schemas does not allow schema: 'pg_catalog'"],
  [{ PGRST_LOG_LEVEL: 'loud' }, [], 'Invalid logging level. Check your configuration.'],
  [{ PGRST_DB_URI: 'postgresql://h?nonsense=1' }, [], 'invalid connection option "nonsense"'],
])('%j %j does not start and says why', async (wrong, args, reason) => {
  expect(await runRest(wrong, ...args)).toMatchObject({ code: 1, err: expect.stringContaining(reason) })
})

test('the example can be read, and is the defaults', async () => {
  const { out: example } = await runRest({}, '--example')
  const path = configFile('example.conf', example)
  const none = { PGRST_DB_CONFIG: 'false' }
  expect(await runRest(none, '--dump-config', path)).toEqual(await runRest(none, '--dump-config'))
})

test('the database wins over the environment, and that over the file', async () => {
  const path = configFile('all.conf', 'db-anon-role = "file"\ndb-max-rows = 1\nserver-trace-header = "X-File"')
  await owner.query(`alter role rest_login set pgrst.db_max_rows = '7'`)
  const asked = environment({ PGRST_DB_ANON_ROLE: 'environment', PGRST_DB_MAX_ROWS: '5' })
  const { code, out } = await runRest(asked, '--dump-config', path)
  await owner.query('alter role rest_login reset pgrst.db_max_rows')
  expect(code).toBe(0)
  expect(out).toContain('db-anon-role = "environment"\n')
  expect(out).toContain('db-max-rows = 7\n')
  expect(out).toContain('server-trace-header = "X-File"\n')
})

test('the schema is dumped as JSON, and a schema that is not there is a failure', async () => {
  const { code, out } = await runRest(environment(), '--dump-schema')
  expect(code).toBe(0)
  const { dbTables } = JSON.parse(out) as { dbTables: [{ qiName: string }, object][] }
  expect(dbTables.map(([{ qiName }]) => qiName)).toContain('items')
  const missing = await runRest(environment({ PGRST_DB_SCHEMAS: 'nowhere' }), '--dump-schema')
  expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('schema \\"nowhere\\" does not exist') })
})

test('rows are served, and the admin server tells how it is', async () => {
  await using rest = startRest(environment())
  const [url, admin] = [await rest.url(), await rest.adminUrl()]
  await rest.said(loaded)
  expect(await (await fetch(`${url}/items?order=id`)).json()).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
  await expect.poll(() => status(`${admin}/ready`)).toBe(200)
  expect(await status(`${admin}/live`)).toBe(200)
  expect(await status(`${admin}/else`)).toBe(404)
  const authorization = await token({ role: 'rest_reader' })
  for (const _ of [1, 2]) await fetch(`${url}/items`, { headers: { authorization } })
  const metrics = await fetch(`${admin}/metrics`)
  expect(metrics.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const text = await metrics.text()
  expect(text).toContain('pgrst_schema_cache_loads_total{status="SUCCESS"} 1')
  expect(text).toMatch(/pgrst_schema_cache_query_time_seconds 0\.\d+/)
  expect(text).toContain('pgrst_db_pool_max 10')
  expect(text).toContain('pgrst_db_pool_waiting 0')
  expect(text).toMatch(/pgrst_db_pool_available \d/)
  expect(text).toContain('pgrst_db_pool_timeouts_total 0')
  expect(text).toContain('pgrst_jwt_cache_requests_total 2')
  expect(text).toContain('pgrst_jwt_cache_hits_total 1')
  expect(text).toContain('pgrst_jwt_cache_evictions_total 0')
  const cached = await (await fetch(`${admin}/schema_cache`)).text()
  expect(cached).toContain('"dbTables":[[{"qiName":')
})

test('--ready asks a running door', async () => {
  const [port = 0, adminPort = 0] = await freePorts(2)
  const asked = environment({ PGRST_SERVER_PORT: `${port}`, PGRST_ADMIN_SERVER_PORT: `${adminPort}` })
  const ready = `http://127.0.0.1:${adminPort}/ready`
  expect(await runRest(asked, '--ready')).toMatchObject({ code: 1, err: `ERROR: connection refused to ${ready}\n` })
  await using rest = startRest(asked)
  await rest.said(loaded)
  await expect.poll(() => status(ready)).toBe(200)
  expect(await runRest(asked, '--ready')).toMatchObject({ code: 0, out: `OK: ${ready}\n` })
  expect((await runRest({ ...asked, PGRST_SERVER_HOST: '*4' }, '--ready')).err).toContain('configured as "*4"')
  expect((await runRest({ ...asked, PGRST_ADMIN_SERVER_PORT: '' }, '--ready')).err).toContain('not running')
  expect((await runRest({ ...asked, PGRST_ADMIN_SERVER_PORT: '-1' }, '--ready')).err).toContain('invalid url - ')
})

test('both servers listen on Unix sockets of the mode that is asked for', async () => {
  const [socket, admin] = [join(folder, 'api.sock'), join(folder, 'admin.sock')]
  const sockets = {
    PGRST_SERVER_UNIX_SOCKET: socket,
    PGRST_SERVER_UNIX_SOCKET_MODE: '777',
    PGRST_ADMIN_SERVER_UNIX_SOCKET: admin,
    PGRST_LOG_LEVEL: 'info',
  }
  await using rest = startRest(environment(sockets))
  await rest.said(loaded)
  await rest.said(/API server listening on \S+api\.sock/)
  expect(statSync(socket).mode & 0o777).toBe(0o777)
  expect(statSync(admin).mode & 0o777).toBe(0o660)
  expect(await getOverSocket(socket, '/items?id=eq.1')).toEqual({ status: 200, body: '[{"id":1}]' })
  await expect.poll(() => rest.out()).toMatch(/^- - rest_anonymous \[/)
  expect((await getOverSocket(admin, '/live')).status).toBe(200)
  rmSync(socket)
  expect((await getOverSocket(admin, '/live')).status).toBe(500)
  expect((await getOverSocket(admin, '/ready')).status).toBe(500)
})

test('a socket that was left behind makes room', async () => {
  const socket = join(folder, 'left.sock')
  {
    await using killed = startRest(environment({ PGRST_SERVER_UNIX_SOCKET: socket }))
    await killed.said(loaded)
  }
  expect(statSync(socket).isSocket()).toBe(true)
  await using rest = startRest(environment({ PGRST_SERVER_UNIX_SOCKET: socket }))
  await rest.said(loaded)
  expect((await getOverSocket(socket, '/items')).status).toBe(200)
})

test.each(['!4', '*4', '*', '*6', 'localhost'])('server-host %s can be reached on this machine', async (host) => {
  await using rest = startRest(environment({ PGRST_SERVER_HOST: host }))
  const { port } = new URL(await rest.url())
  await rest.said(loaded)
  expect(await status(`http://localhost:${port}/items`)).toBe(200)
})

test('a port that is taken is refused, unless both say they share it', async () => {
  const [port = 0] = await freePorts(1)
  const here = { PGRST_SERVER_PORT: `${port}` }
  {
    await using rest = startRest(environment(here))
    await rest.url()
    expect(await runRest(environment(here))).toMatchObject({ code: 1, err: expect.stringContaining('EADDRINUSE') })
  }
  const shared = { ...here, PGRST_SERVER_REUSEPORT: 'true' }
  await using first = startRest(environment(shared))
  const url = await first.url()
  await using second = startRest(environment(shared))
  await second.url()
  first.signal('SIGTERM')
  expect(await first.ended).toBe(0)
  expect(await status(`${url}/items`)).toBe(200)
})

test('SIGUSR1 reads the schema again', async () => {
  await using rest = startRest(environment({ PGRST_DB_CHANNEL_ENABLED: 'false' }))
  const url = await rest.url()
  const at = await rest.said(loaded)
  await owner.query('create table api.by_signal (id int); grant select on api.by_signal to rest_anonymous')
  expect(await status(`${url}/by_signal`)).toBe(404)
  rest.signal('SIGUSR1')
  await rest.said(loaded, at)
  await expect.poll(() => status(`${url}/by_signal`)).toBe(200)
})

test('SIGUSR2 reads the file again, and keeps what it has where that is wrong', async () => {
  const path = configFile('reloaded.conf', 'db-max-rows = 1')
  await using rest = startRest(environment(), path)
  const url = await rest.url()
  const at = await rest.said(loaded)
  const rows = async (): Promise<number> => ((await (await fetch(`${url}/items`)).json()) as unknown[]).length
  expect(await rows()).toBe(1)
  configFile('reloaded.conf', 'db-max-rows = 2')
  rest.signal('SIGUSR2')
  await rest.said(/Config reloaded/, at)
  await expect.poll(rows).toBe(2)
  configFile('reloaded.conf', '\ndb-max-rows = "')
  const before = rest.err().length
  rest.signal('SIGUSR2')
  await rest.said(/Failed reloading config: .*reloaded\.conf:2: /, before)
  expect(await rows()).toBe(2)
})

test.each([
  ['notify pgrst', 'schema cache'],
  [`notify pgrst, 'reload schema'`, 'schema cache'],
  [`notify pgrst, 'reload config'`, 'config'],
])('%s reads again', async (notification, what) => {
  await using rest = startRest(environment())
  const url = await rest.url()
  await rest.said(/Listener connected/)
  const at = await rest.said(loaded)
  const rows = async (): Promise<number> => ((await (await fetch(`${url}/items`)).json()) as unknown[]).length
  expect(await rows()).toBe(3)
  await owner.query(`alter role rest_login set pgrst.db_max_rows = '1'; ${notification}`)
  await rest.said(new RegExp(`Received a ${what} reload message on the "pgrst" channel`), at)
  await expect.poll(rows).toBe(1)
  await owner.query(`alter role rest_login reset pgrst.db_max_rows; ${notification}`)
  await expect.poll(rows).toBe(3)
})

test('a notification that means nothing is ignored', async () => {
  await using rest = startRest(environment())
  await rest.said(/Listener connected/)
  await rest.said(loaded)
  const before = rest.err()
  await owner.query(`notify pgrst, 'something'; notify pgrst, 'reload schema'`)
  await rest.said(loaded, before.length)
  expect(
    rest
      .err()
      .slice(before.length)
      .match(/Received/g),
  ).toHaveLength(1)
})

test('listening is taken up again when the connection breaks, and the schema read', async () => {
  await using rest = startRest(environment({ PGRST_DB_URI: `${uri.href}?application_name=listening` }))
  const [url, admin] = [await rest.url(), await rest.adminUrl()]
  await rest.said(/Listener connected/)
  await rest.said(loaded)
  const before = rest.err().length
  await owner.query(`create table api.meanwhile (id int); grant select on api.meanwhile to rest_anonymous;
    select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listening'`)
  await rest.said(/Failed listening for database notifications on the "pgrst" channel/, before)
  await rest.said(/Retrying listening for database notifications in 1 seconds/, before)
  await rest.said(/Listener connected/, before)
  await expect.poll(() => status(`${url}/meanwhile`)).toBe(200)
  await expect.poll(() => status(`${admin}/ready`)).toBe(200)
})

test('SIGTERM lets a request finish, takes no more, and ends well', async () => {
  await using rest = startRest(environment())
  const url = await rest.url()
  await rest.said(loaded)
  const slow = fetch(`${url}/rpc/slow?seconds=1`)
  const running = `select from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query ~ '"slow"'`
  await expect.poll(async () => (await owner.query(running)).rowCount).toBeGreaterThan(0)
  rest.signal('SIGTERM')
  await rest.said(/Received termination unix signal SIGTERM/)
  await expect(fetch(`${url}/items`)).rejects.toThrow('fetch failed')
  const answered = await slow
  expect(answered.status).toBe(204)
  expect(answered.headers.get('connection')).toBe('close')
  expect(await rest.ended).toBe(0)
})

test('SIGINT ends it as well, an idle connection or not', async () => {
  await using rest = startRest(environment())
  const { port } = new URL(await rest.url())
  const idle = connect(Number(port), '127.0.0.1')
  await rest.said(loaded)
  rest.signal('SIGINT')
  expect(await rest.ended).toBe(0)
  idle.destroy()
})

async function forwarder(port: number): Promise<Server> {
  const server = createServer((socket) => {
    const onward = connect(Number(uri.port), uri.hostname)
    for (const end of [socket, onward]) end.on('error', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return server
}

test('a database that is away is waited for, and requests are told so', async () => {
  const [port = 0] = await freePorts(1)
  const through = new URL(uri)
  through.port = `${port}`
  await using rest = startRest(environment({ PGRST_DB_URI: through.href }))
  const [url, admin] = [await rest.url(), await rest.adminUrl()]
  await rest.said(/Attempting to reconnect to the database in 1 seconds/)
  const refused = await fetch(`${url}/items`)
  expect(refused.status).toBe(503)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refused.json()).toMatchObject({ code: 'PGRST002' })
  expect(await status(`${admin}/live`)).toBe(200)
  expect(await status(`${admin}/ready`)).toBe(503)
  expect(await (await fetch(`${admin}/metrics`)).text()).toMatch(/loads_total\{status="FAIL"\} [1-9]/)
  const server = await forwarder(port)
  await expect.poll(() => status(`${url}/items`), { timeout: 15_000 }).toBe(200)
  await expect.poll(() => status(`${admin}/ready`), { timeout: 15_000 }).toBe(200)
  rest.signal('SIGTERM')
  expect(await rest.ended).toBe(0)
  server.close()
})

test('without automatic recovery it ends where the database is away', async () => {
  const [port = 0] = await freePorts(1)
  const away = { PGRST_DB_URI: `postgresql://x@127.0.0.1:${port}/x`, PGRST_DB_POOL_AUTOMATIC_RECOVERY: 'false' }
  const { code, err } = await runRest(environment(away))
  expect(code).toBe(1)
  expect(err).toContain('Automatic recovery disabled, exiting.')
})

test('a password that is wrong ends it', async () => {
  const wrong = new URL(uri)
  wrong.password = 'wrong'
  const { code, err } = await runRest(environment({ PGRST_DB_URI: wrong.href }))
  expect(code).toBe(1)
  expect(err).toContain('"message":"Database connection error."')
})

test('a schema that does not exist is waited for', async () => {
  await using rest = startRest(environment({ PGRST_DB_SCHEMAS: 'missing' }))
  const url = await rest.url()
  await rest.said(/Failed to load the schema cache using db-schemas=missing and db-extra-search-path=public\. /)
  expect(await status(`${url}/items`)).toBe(503)
  await rest.said(/"code":"PGRST002"/)
  await owner.query('create schema missing')
  await expect.poll(() => status(`${url}/items`), { timeout: 15_000 }).toBe(404)
})

test('a pool with nothing free in time is a 504 and told of', async () => {
  const short = { PGRST_DB_POOL: '1', PGRST_DB_POOL_ACQUISITION_TIMEOUT: '1' }
  await using rest = startRest(environment(short))
  const [url, admin] = [await rest.url(), await rest.adminUrl()]
  await rest.said(loaded)
  const slow = fetch(`${url}/rpc/slow?seconds=2`)
  const waited = await fetch(`${url}/rpc/slow?seconds=2`)
  const statuses = [(await slow).status, waited.status]
  expect(statuses.toSorted((one, other) => one - other)).toEqual([204, 504])
  await rest.said(/"code":"PGRST003".*Timed out acquiring connection from connection pool\./)
  expect(await (await fetch(`${admin}/metrics`)).text()).toContain('pgrst_db_pool_timeouts_total 1')
})

test('every way libpq is told of a database leads there', async () => {
  const libpq = {
    PGHOST: uri.hostname,
    PGPORT: uri.port,
    PGUSER: 'rest_login',
    PGPASSWORD: 'rest-password',
    PGDATABASE: uri.pathname.slice(1),
  }
  const pairs = `host=${uri.hostname} port=${uri.port} user=rest_login password='rest-password' dbname=${libpq.PGDATABASE}`
  const ways = [
    { ...libpq, PGRST_DB_URI: 'postgresql://' },
    { PGRST_DB_URI: pairs },
    { PGRST_DB_URI: `@${configFile('uri', `${uri.href}\n`)}` },
  ]
  for (const way of ways) {
    await using rest = startRest(environment(way))
    const url = await rest.url()
    await rest.said(loaded)
    expect(await (await fetch(`${url}/rpc/program`)).json()).toBe('PostgREST 17')
  }
})

const time = String.raw`\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\]`
const expired = new RegExp(`^127.0.0.1 - - ${time} "GET /items HTTP/1.1" 401 \\d+ "" "`)
const unknown = / - rest_anonymous .* "GET \/nowhere\?select=id HTTP\/1\.1" 404 \d+ "there" "me \\"here\\""$/
const served = / "GET \/items\?id=eq\.1 HTTP\/1\.1" 200 10 "" "/

test.each([
  ['crit', []],
  ['error', []],
  ['warn', [expired, unknown]],
  ['info', [expired, unknown, served]],
] as const)('at log level %s only responses that matter to it are logged', async (level, expected) => {
  await using rest = startRest(environment({ PGRST_LOG_LEVEL: level }))
  const url = await rest.url()
  await rest.said(loaded)
  await fetch(`${url}/items`, { headers: { authorization: await token({ exp: 1 }) } })
  await fetch(`${url}/nowhere?select=id`, { headers: { 'user-agent': 'me "here"', referer: 'there' } })
  await fetch(`${url}/items?id=eq.1`)
  const preflight = { origin: 'http://x', 'access-control-request-method': 'GET' }
  await fetch(`${url}/items`, { method: 'OPTIONS', headers: preflight })
  rest.signal('SIGTERM')
  await rest.ended
  const lines = rest.out().split('\n').slice(0, -1)
  expect(lines).toEqual(expected.map((pattern) => expect.stringMatching(pattern)))
  expect(rest.err()).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000: Starting PostgREST 17\.\.\.\n/)
})

test('log-query shows what was sent, where the response is logged', async () => {
  await using rest = startRest(environment({ PGRST_LOG_LEVEL: 'info', PGRST_LOG_QUERY: 'true' }))
  const url = await rest.url()
  await rest.said(loaded)
  expect(await status(`${url}/items`)).toBe(200)
  await rest.said(/: select .*set_config\('search_path', \$1, true\)/)
  await rest.said(/: WITH pgrst_source AS .*"api"\."items"/)
})

test('db-channel-enabled can be changed while it runs', async () => {
  await using rest = startRest(environment(), configFile('channel.conf', 'db-channel-enabled = false'))
  const at = await rest.said(loaded)
  expect(rest.err()).not.toContain('Listener connected')
  configFile('channel.conf', 'db-channel-enabled = true')
  rest.signal('SIGUSR2')
  expect(await rest.said(/Listener connected/, at)).toBeGreaterThan(at)
})

test('a token is refused once its key is no longer the one of the file', async () => {
  const path = configFile('secret', secret)
  await using rest = startRest(environment({ PGRST_JWT_SECRET: `@${path}` }))
  const url = await rest.url()
  const at = await rest.said(loaded)
  const headers = { authorization: await token({ role: 'rest_reader' }) }
  expect((await fetch(`${url}/items`, { headers })).status).toBe(200)
  configFile('secret', 'another secret of enough characters')
  rest.signal('SIGUSR2')
  await rest.said(/Config reloaded/, at)
  expect((await fetch(`${url}/items`, { headers })).status).toBe(401)
})
