import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { sendSignal, sendSignalToGroup } from '@tenon/testing'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Engine, EngineEvent } from '../engine.ts'
import { isAlive } from './processes.ts'
import { type EmbeddedOptions, startEmbedded } from './start-embedded.ts'

let project: string
let folder: string
const engines: Engine[] = []

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'tenon-engine-'))
  chmodSync(project, 0o755)
  folder = join(project, '.tenon', 'postgres')
})
afterEach(async () => {
  await Promise.all(engines.splice(0).map(async (engine) => await engine.stop()))
  const elsewhere = existsSync(folder) && lstatSync(folder).isSymbolicLink() ? dirname(realFolder()) : null
  if (elsewhere !== null) rmSync(elsewhere, { recursive: true })
  rmSync(project, { recursive: true, force: true })
})

function realFolder(): string {
  return execFileSync('readlink', ['-f', folder]).toString().trim()
}

async function start(options: Partial<EmbeddedOptions> = {}): Promise<Engine> {
  const engine = await startEmbedded({ folder, port: 0, durable: false, ...options })
  engines.push(engine)
  return engine
}

async function query(engine: Engine, text: string): Promise<unknown[]> {
  const client = new Client(engine.adminConnection())
  await client.connect()
  try {
    return (await client.query<object>(text)).rows
  } finally {
    await client.end()
  }
}

async function holdPort(): Promise<{ port: number; free: () => void }> {
  const server = createServer()
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0, free: () => server.close() }
}

/** Another process that starts an engine on the folder and prints its status. */
async function startElsewhere(): Promise<{ child: ChildProcess; pid: number }> {
  const { child, ready } = launchElsewhere()
  return { child, ...(await ready) }
}

/** The same, at the head of a process group of its own that a terminal's signal can be sent to. */
function launchElsewhere(): { child: ChildProcess; ready: Promise<{ pid: number }> } {
  const module = fileURLToPath(new URL('start-embedded.ts', import.meta.url))
  const script = `
    process.on('SIGINT', () => 0)
    const { startEmbedded } = await import(${JSON.stringify(module)})
    const engine = await startEmbedded({ folder: ${JSON.stringify(folder)}, port: 0 })
    console.log(JSON.stringify(engine.status()))
    setInterval(() => 0, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const { promise, resolve } = Promise.withResolvers<string>()
  child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
  return { child, ready: promise.then((line) => JSON.parse(line) as { pid: number }) }
}

const weAreRoot = process.getuid?.() === 0

describe('an embedded Postgres', () => {
  it('runs as an ordinary user with our settings, lets its roles in by password only, and leaves no process', async () => {
    const engine = await start({ durable: true })
    const { pid, port, runsAs } = engine.status()
    expect(runsAs === null).toBe(!weAreRoot)
    expect(lstatSync(`/proc/${pid}`).uid === process.getuid?.()).toBe(!weAreRoot)
    const rows = await query(
      engine,
      `select name, setting from pg_settings where name in ('wal_level', 'fsync', 'listen_addresses', 'jit') order by name`,
    )
    expect(rows).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'jit', setting: 'off' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'wal_level', setting: 'logical' },
    ])
    expect(await query(engine, 'select current_user as "user"')).toEqual([{ user: 'supabase_admin' }])
    const stranger = new Client({ ...engine.adminConnection(), host: '127.0.0.1', port, password: 'wrong' })
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' })
    await engine.stop()
    expect(isAlive(pid ?? 0)).toBe(false)
    expect(engine.status().state).toBe('stopped')
  })

  it('keeps data and passwords from start to start, also on another port, and makes new ones for lost ones', async () => {
    const first = await start()
    await query(first, 'create table kept ()')
    await first.stop()
    const second = await start()
    expect(second.passwords).toEqual(first.passwords)
    expect(await query(second, 'select * from kept')).toEqual([])
    await second.stop()
    rmSync(join(realFolder(), 'tenon-passwords.json'))
    const third = await start()
    expect(third.passwords.supabase_admin).not.toBe(first.passwords.supabase_admin)
    expect(await query(third, 'select * from kept')).toEqual([])
  })

  it('keeps its data where its user can reach it, says so where that is not the project, and resets with it', async () => {
    chmodSync(project, 0o700)
    const engine = await start()
    await query(engine, 'create table kept ()')
    expect(engine.status().notes.join(' ').includes(`cannot reach ${folder}`)).toBe(weAreRoot)
    await engine.stop()
    const again = await start()
    expect(await query(again, 'select * from kept')).toEqual([])
    await again.stop()
    const data = realFolder()
    rmSync(dirname(folder), { recursive: true })
    expect(await query(await start(), `select to_regclass('kept') as kept`)).toEqual([{ kept: null }])
    expect(existsSync(data)).toBe(realFolder() === data)
  })
})

describe('refusing to start', () => {
  it('says who holds the port', async () => {
    const { port, free } = await holdPort()
    await expect(start({ port })).rejects.toMatchObject({
      code: 'engine.port-taken',
      detail: { port, holder: expect.stringContaining(String(process.pid)) },
    })
    free()
    expect((await start({ port })).status().port).toBe(port)
  })

  it('says that the same folder is served already, or its socket taken', async () => {
    const first = await start()
    await expect(start()).rejects.toMatchObject({
      code: 'engine.already-running',
      detail: { folder, pid: process.pid },
    })
    await first.stop()
    const socket = join(folder, '.s.PGSQL.54322')
    const { promise, resolve } = Promise.withResolvers<void>()
    const holder = createServer().listen(socket, resolve)
    await promise
    await expect(start()).rejects.toMatchObject({ code: 'engine.socket-taken', detail: { socket } })
    expect(existsSync(socket)).toBe(true)
    holder.close()
    expect((await start()).status().state).toBe('running')
  })

  it('leaves data of another major version alone', async () => {
    await (await start()).stop()
    writeFileSync(join(folder, 'PG_VERSION'), '17\n')
    await expect(start()).rejects.toMatchObject({
      code: 'engine.folder-version',
      detail: { found: '17', supported: '18' },
    })
    expect(readFileSync(join(folder, 'PG_VERSION'), 'utf8')).toBe('17\n')
    writeFileSync(join(folder, 'PG_VERSION'), '18\n')
    await start()
  })

  it("leaves somebody else's files alone", async () => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'thesis.txt'), 'dear to me')
    await expect(start()).rejects.toMatchObject({ code: 'engine.folder-foreign', detail: { found: ['thesis.txt'] } })
  })

  it('tells what Postgres said when it does not start, and starts once that is corrected', async () => {
    await (await start()).stop()
    const settings = join(folder, 'postgresql.conf')
    const text = readFileSync(settings, 'utf8')
    writeFileSync(settings, `${text}\nshared_buffers = nonsense\n`)
    await expect(start()).rejects.toMatchObject({
      code: 'engine.start-failed',
      detail: { log: expect.stringContaining('nonsense') },
    })
    writeFileSync(settings, text)
    await start()
  })
})

describe('Ctrl+C during the first start', () => {
  it('is heard by the server, which does not take it for a failure of initdb', async () => {
    const { child, ready } = launchElsewhere()
    await expect.poll(() => existsSync(join(`${folder}.new`, 'data')), { interval: 5, timeout: 20_000 }).toBe(true)
    sendSignalToGroup(child.pid, 'SIGINT')
    const { pid } = await ready
    expect(isAlive(pid)).toBe(true)
    child.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { interval: 20, timeout: 10_000 }).toBe(false)
  })
})

describe('starting after an accident', () => {
  it('passes over a lock and pid files whose process id belongs to another program now', async () => {
    await (await start()).stop()
    writeFileSync(`${folder}.lock`, JSON.stringify({ pid: process.pid, birth: 'long ago', port: 1 }))
    writeFileSync(join(folder, 'postmaster.pid'), `${process.pid}\n${folder}\n1\n54322\n\n127.0.0.1\n1 1\nready\n`)
    expect((await start()).status().state).toBe('running')
  })

  it('does an initialisation that was cut short again', async () => {
    mkdirSync(join(`${folder}.new`, 'data', 'base'), { recursive: true })
    expect((await start()).status().state).toBe('running')
    expect(existsSync(`${folder}.new`)).toBe(false)
  })

  it('leaves no Postgres behind when the server is killed, and the next start finds the data', async () => {
    await (await start()).stop()
    const { child, pid } = await startElsewhere()
    child.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { interval: 20, timeout: 10_000 }).toBe(false)
    expect((await start()).status().state).toBe('running')
  })

  it('ends a Postgres whose server and watcher were both killed', async () => {
    const { child, pid } = await startElsewhere()
    const watcher = Number(/^\d+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1])
    sendSignal(watcher, 'SIGSTOP')
    child.kill('SIGKILL')
    await once(child, 'exit')
    sendSignal(watcher, 'SIGKILL')
    const engine = await start()
    expect(engine.status().pid).not.toBe(pid)
    expect(isAlive(pid)).toBe(false)
  })
})

describe('a Postgres that crashes', () => {
  it('is reported and started again, with its data', async () => {
    const events: EngineEvent[] = []
    const engine = await start({ durable: true, onEvent: (event) => events.push(event) })
    await query(engine, 'create table kept ()')
    const { pid } = engine.status()
    sendSignal(pid, 'SIGKILL')
    await expect.poll(() => events.map((event) => event.kind), { interval: 20, timeout: 20_000 }).toContain('restarted')
    expect(events[0]).toMatchObject({ kind: 'crashed', reason: 'ended by signal 9' })
    expect(engine.status()).toMatchObject({ state: 'running' })
    expect(engine.status().pid).not.toBe(pid)
    expect(await query(engine, 'select * from kept')).toEqual([])
  })

  it('is not started again while it is being stopped', async () => {
    const events: EngineEvent[] = []
    const engine = await start({ onEvent: (event) => events.push(event) })
    sendSignal(engine.status().pid, 'SIGKILL')
    await engine.stop()
    expect(engine.status().pid).toBeNull()
    expect(events.some((event) => event.kind === 'restarted')).toBe(false)
  })
})
