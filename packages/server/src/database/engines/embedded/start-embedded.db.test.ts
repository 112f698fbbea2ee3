import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

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
async function startElsewhere(): Promise<{ child: ChildProcess; port: number; pid: number }> {
  const module = fileURLToPath(new URL('start-embedded.ts', import.meta.url))
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(module)})
    const engine = await startEmbedded({ folder: ${JSON.stringify(folder)}, port: 0 })
    console.log(JSON.stringify(engine.status()))
    setInterval(() => 0, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { promise, resolve } = Promise.withResolvers<string>()
  child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
  return { child, ...(JSON.parse(await promise) as { port: number; pid: number }) }
}

const weAreRoot = process.getuid?.() === 0

describe('an embedded Postgres', () => {
  it('starts on a new folder, lets its roles in by password only, and leaves no process', async () => {
    const engine = await start()
    const { pid, port } = engine.status()
    expect(await query(engine, 'select current_user as "user"')).toEqual([{ user: 'supabase_admin' }])
    const stranger = new Client({ ...engine.adminConnection(), host: '127.0.0.1', port, password: 'wrong' })
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' })
    await engine.stop()
    expect(isAlive(pid ?? 0)).toBe(false)
    expect(engine.status().state).toBe('stopped')
  })

  it('has the settings that the server relies on', async () => {
    const engine = await start({ durable: true })
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
  })

  it('keeps data and passwords from start to start, also on another port', async () => {
    const first = await start()
    await query(first, 'create table kept ()')
    await first.stop()
    const second = await start()
    expect(second.passwords).toEqual(first.passwords)
    expect(await query(second, 'select * from kept')).toEqual([])
  })

  it('makes new passwords where their file was lost', async () => {
    const first = await start()
    await first.stop()
    rmSync(join(realFolder(), 'tenon-passwords.json'))
    const second = await start()
    expect(second.passwords.supabase_admin).not.toBe(first.passwords.supabase_admin)
    expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('runs as ourselves, or as another user when we are root', async () => {
    const { runsAs, pid } = (await start()).status()
    expect(runsAs === null).toBe(!weAreRoot)
    expect(lstatSync(`/proc/${pid}`).uid === process.getuid?.()).toBe(!weAreRoot)
  })

  it('keeps its data where its user can reach it, and says so where that is not the project', async () => {
    chmodSync(project, 0o700)
    const engine = await start()
    await query(engine, 'create table kept ()')
    expect(engine.status().notes.join(' ').includes(`cannot reach ${folder}`)).toBe(weAreRoot)
    await engine.stop()
    expect(await query(await start(), 'select * from kept')).toEqual([])
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

  it('says that the same folder is served already', async () => {
    await start()
    await expect(start()).rejects.toMatchObject({
      code: 'engine.already-running',
      detail: { folder, pid: process.pid },
    })
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
    process.kill(watcher, 'SIGSTOP')
    child.kill('SIGKILL')
    process.kill(watcher, 'SIGKILL')
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
    process.kill(pid ?? 0, 'SIGKILL')
    await expect.poll(() => events.map((event) => event.kind), { interval: 20, timeout: 20_000 }).toContain('restarted')
    expect(events[0]).toMatchObject({ kind: 'crashed', reason: 'ended by signal 9' })
    expect(engine.status()).toMatchObject({ state: 'running' })
    expect(engine.status().pid).not.toBe(pid)
    expect(await query(engine, 'select * from kept')).toEqual([])
  })

  it('is not started again while it is being stopped', async () => {
    const events: EngineEvent[] = []
    const engine = await start({ onEvent: (event) => events.push(event) })
    process.kill(engine.status().pid ?? 0, 'SIGKILL')
    await engine.stop()
    expect(engine.status().pid).toBeNull()
    expect(events.some((event) => event.kind === 'restarted')).toBe(false)
  })
})
