// Starts the real command on free ports for a copy of a project in a temporary folder, as a user would,
// and stops it again. The tests of this folder see nothing of the server but its addresses.

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const REPOSITORY = resolve(import.meta.dirname, '..')
const TENON = join(REPOSITORY, 'packages', 'server', 'bin', 'tenon.js')
const EXAMPLE = join(REPOSITORY, 'examples', 'tasks-nextjs', 'supabase')
const run = promisify(execFile)

/** A stack under test. */
export interface RunningStack {
  readonly folder: string
  readonly process: ChildProcess
  /** What `tenon status -o json` says. */
  readonly lines: Readonly<Record<string, string>>
  /** Everything printed so far. */
  readonly output: () => string
  /** The value of one line; fails where the stack does not have it. */
  readonly line: (name: string) => string
  /** SIGTERM, then waits for the exit code. */
  readonly stop: () => Promise<number | null>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export interface StackOptions {
  /** Keep and reuse this folder rather than a fresh temporary copy of the example. */
  readonly folder?: string
  /** Files below the folder to add or replace after the copy. */
  readonly files?: Readonly<Record<string, string>>
  /** A folder with nothing in it instead of the example. */
  readonly empty?: boolean
  /** Further arguments of `tenon start`. */
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** Runs one `tenon` command to its end. */
export async function tenon(folder: string, ...args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  return await run(process.execPath, [TENON, ...args], { cwd: folder, env: { ...process.env, NO_COLOR: '1' } })
}

/** A temporary folder that holds a copy of the example project's `supabase/`. */
export function projectFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-project-'))
  cpSync(EXAMPLE, join(folder, 'supabase'), { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tenon-empty-'))
}

/** Starts `tenon start` and resolves when it answers; fails with its output where it ends first. */
export async function startStack(options: StackOptions = {}): Promise<RunningStack> {
  const folder = options.folder ?? (options.empty === true ? emptyFolder() : projectFolder(options.files))
  const [api, database, mailbox, clerk, studio] = await freePorts(5)
  const ports = {
    '--api-port': api,
    '--db-port': database,
    '--mailbox-port': mailbox,
    '--clerk-port': clerk,
    '--studio-port': studio,
  }
  const flags = Object.entries(ports).flatMap(([flag, port]) => [flag, `${port}`])
  const child = spawn(process.execPath, [TENON, 'start', ...flags, ...(options.args ?? [])], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await answered(child, folder, () => output)
  const { stdout } = await tenon(folder, 'status', '-o', 'json')
  const lines = JSON.parse(stdout) as Record<string, string>
  const stop = async (): Promise<number | null> => await stopProcess(child)
  return {
    folder,
    process: child,
    lines,
    output: () => output,
    line: (name) => lines[name] ?? fail(`the stack has no ${name}`),
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop()
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Ports that nothing listened on a moment ago. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      return server
    }),
  )
  const ports = servers.map((server) => {
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : fail('no port')
  })
  await Promise.all(servers.map(async (server) => await new Promise((done) => server.close(done))))
  return ports
}

async function answered(child: ChildProcess, folder: string, output: () => string): Promise<void> {
  const state = join(folder, '.tenon', 'run.json')
  const deadline = Date.now() + 100_000
  await new Promise<void>((resolvePromise, reject) => {
    const watch = setInterval(() => {
      if (Date.now() > deadline) child.kill('SIGKILL')
      if (!stateIn(state).includes(`"pid": ${child.pid},`)) return
      clearInterval(watch)
      resolvePromise()
    }, 20)
    child.once('exit', (code) => {
      clearInterval(watch)
      reject(new Error(`tenon start ended with ${code ?? 'no code'}:\n${output()}`))
    })
  })
}

/** The file of a server that has just gone may go, too. */
function stateIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

async function stopProcess(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  child.kill('SIGTERM')
  return await ended
}

function fail(message: string): never {
  throw new Error(message)
}
