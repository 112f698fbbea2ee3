// The embedded engine: a real Postgres of our own on a data folder of the project. Says in order what has to be so
// before it can run, and starts it.

import { userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'

import { Refusal } from '../../../refusal/refusal.ts'
import type { ConnectionSettings, Engine, EngineEvent, EngineStatus, LoginRole, Passwords } from '../engine.ts'
import { clearLeftovers, endLeftover, inspectFolder } from './data-folder.ts'
import { lockFolder } from './folder-lock.ts'
import { diskFull, initialiseData } from './initialise.ts'
import { type KeptPostmaster, keepRunning } from './keep-running.ts'
import { makePasswords, readPasswords } from './passwords.ts'
import { type Places, settlePlaces } from './places.ts'
import { claimPort } from './port.ts'
import { type PostmasterOptions, readLog, startPostmaster } from './postmaster.ts'
import { resetPasswords } from './reset-password.ts'
import { chooseRunner, type Runner } from './runner.ts'
import { writeServerSettings } from './server-settings.ts'
import { assertSocketsFree } from './socket.ts'

export interface EmbeddedOptions {
  /** The data folder, usually `<project>/.tenon/postgres`. Made where it is missing. */
  readonly folder: string
  /** 0 for any free port. */
  readonly port?: number
  /** Password of role `postgres`, set when the data folder is made. */
  readonly password?: string
  /** False gives up safety against crashes for speed; for tests. */
  readonly durable?: boolean
  /** How much WAL a replication slot that nobody reads may hold back. Bytes; 1 GiB where nothing is said. */
  readonly slotWalKeep?: number
  readonly onEvent?: (event: EngineEvent) => void
}

const SLOT_WAL_KEEP = 1024 ** 3

/**
 * Starts Postgres and returns when it accepts connections. Refuses with `engine.*`; whatever it refuses, data that
 * was there stays as it was.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Engine> {
  const folder = resolve(options.folder)
  try {
    const runner = await chooseRunner(folder)
    const places = await settlePlaces(folder, runner)
    await inspectFolder(places.data, runner)
    return await startLocked(folder, runner, places, options)
  } catch (error) {
    throw await explainFileSystem(error, folder)
  }
}

async function startLocked(folder: string, runner: Runner, places: Places, options: EmbeddedOptions): Promise<Engine> {
  const lock = await lockFolder(folder, options.port ?? 54322)
  try {
    const content = await inspectFolder(places.data, runner)
    if (content === 'data') {
      await endLeftover(places.data)
      await assertSocketsFree(places.data)
      await clearLeftovers(places.data)
    }
    const port = await claimPort(options.port ?? 54322)
    const passwords = await preparePasswords(content, places, runner, options.password ?? 'postgres')
    const { durable = true, slotWalKeep = SLOT_WAL_KEEP } = options
    await writeServerSettings(places.data, { durable, slotWalKeep }, runner)
    const postmaster = {
      places,
      runner,
      port,
      socket: socketFits(places.data, port),
      logFile: join(folder, '..', 'postgres.log'),
    }
    const kept = await keep(postmaster, options.onEvent ?? (() => null))
    return new EmbeddedEngine({ postmaster, kept, passwords, release: lock.release })
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** What the file system itself refuses, in our words. */
async function explainFileSystem(error: unknown, folder: string): Promise<unknown> {
  const { code, message, path } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return await diskFull(folder, message)
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') return error
  const runner = userInfo().username
  return new Refusal(
    'engine.folder-unreachable',
    { folder, runner, tried: [path ?? folder] },
    { fix: `Let user ${runner} write to ${dirname(folder)}, or choose another project folder.`, cause: error },
  )
}

/** The first start makes them together with the data. */
async function preparePasswords(
  content: 'empty' | 'data',
  places: Places,
  runner: Runner,
  postgres: string,
): Promise<Passwords> {
  const found = content === 'data' ? await readPasswords(places.data) : null
  if (found !== null) return found
  const passwords = makePasswords(postgres)
  if (content === 'empty') await initialiseData(places, runner, passwords)
  else await resetPasswords(places, runner, passwords)
  return passwords
}

async function keep(postmaster: PostmasterOptions, onEvent: (event: EngineEvent) => void): Promise<KeptPostmaster> {
  return await keepRunning({
    start: async () => await startPostmaster(postmaster),
    readLog: async () => await readLog(postmaster.logFile),
    onEvent,
    now: () => performance.now(),
  })
}

/** Systems allow a socket's path 104 to 108 bytes, and Postgres reads the setting as a list. Else there is TCP. */
function socketFits(data: string, port: number): boolean {
  return process.platform !== 'win32' && !/[,"]/.test(data) && Buffer.byteLength(join(data, `.s.PGSQL.${port}`)) <= 100
}

interface EmbeddedParts {
  readonly postmaster: PostmasterOptions
  readonly kept: KeptPostmaster
  readonly passwords: Passwords
  readonly release: () => Promise<void>
}

class EmbeddedEngine implements Engine {
  readonly kind = 'embedded'
  readonly owned = true
  readonly passwords: Passwords
  private readonly parts: EmbeddedParts
  private stopped: Promise<void> | null = null

  constructor(parts: EmbeddedParts) {
    this.parts = parts
    this.passwords = parts.passwords
  }

  adminConnection(database?: string): ConnectionSettings {
    return this.connection('supabase_admin', database)
  }

  connection(role: LoginRole, database = 'postgres'): ConnectionSettings {
    const { places, port, socket } = this.parts.postmaster
    return { host: socket ? places.data : '127.0.0.1', port, user: role, password: this.passwords[role], database }
  }

  /** All logins are ours. */
  async checkLogins(): Promise<void> {}

  status(): EngineStatus {
    const { places, port, runner } = this.parts.postmaster
    const pid = this.parts.kept.pid()
    const notes = runner.made ? [`System user ${runner.name} was made, as Postgres refuses to run as root.`] : []
    return {
      kind: 'embedded',
      state: this.stopped !== null ? 'stopped' : pid === null ? 'restarting' : 'running',
      version: places.binaries.label.replace(/^.*-(\d+\.\d+)\..*$/, '$1'),
      host: '127.0.0.1',
      port,
      folder: places.data,
      pid,
      runsAs: runner.identity === null ? null : runner.name,
      notes: [...places.notes, ...notes],
    }
  }

  async stop(): Promise<void> {
    this.stopped ??= this.end()
    await this.stopped
  }

  private async end(): Promise<void> {
    try {
      await this.parts.kept.stop()
    } finally {
      await this.parts.release()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}
