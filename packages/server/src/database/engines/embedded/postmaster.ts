// One run of the Postgres server process: started in a session of its own, watched, and ended with its parent.
// Between us and Postgres stands a shell that costs a megabyte: it is Postgres' parent, so that the process id it
// signals cannot belong to anybody else, and it reads from a pipe that only we hold open. When we end, in whatever
// way, the pipe closes and the shell shuts Postgres down. On Windows, which has no such shell, Postgres is started
// directly, and a later start ends what a killed server left behind.

import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { open, stat, truncate } from 'node:fs/promises'

import { Refusal } from '../../../refusal/refusal.ts'
import { clearLeftovers } from './data-folder.ts'
import { diskFull, isDiskFull, toolEnvironment } from './initialise.ts'
import { isServing, readPostmasterFile } from './postmaster-file.ts'
import type { Places } from './places.ts'
import type { Runner } from './runner.ts'
import { socketTaken } from './socket.ts'

export interface PostmasterOptions {
  readonly places: Places
  readonly runner: Runner
  readonly port: number
  /** Whether Postgres also listens on a Unix socket in the data folder. */
  readonly socket: boolean
  readonly logFile: string
}

export interface Postmaster {
  readonly pid: number
  /** Resolves when the process is gone, with how it ended, whether it was asked to or not. */
  readonly ended: Promise<string>
  /** Fast shutdown; harder after `patience` milliseconds, hardest after twice that. Resolves when it is gone. */
  stop(patience?: number): Promise<void>
}

/**
 * The first process of the pair waits for Postgres and passes its exit code on. The second reads the pipe (as file
 * 3, since a background process has no standard input) and asks the first to act, who knows whether Postgres still is.
 */
const watcherScript = `
exec 3<&0
"$@" </dev/null 3<&- &
postgres=$!
trap 'kill -INT "$postgres" 2>/dev/null' TERM
trap '' INT HUP
{ trap - TERM INT HUP; read -r _ <&3; kill -TERM $$; } >/dev/null 2>&1 &
reader=$!
exec 3<&-
while :; do
  wait "$postgres"
  code=$?
  kill -0 "$postgres" 2>/dev/null || break
done
kill -TERM "$reader" 2>/dev/null
exit "$code"
`

const logSizeLimit = 16 * 1024 * 1024

/** Resolves when Postgres accepts connections. Refuses with `engine.start-failed`, `.disk-full`, `.socket-taken`. */
export async function startPostmaster(options: PostmasterOptions, timeout = 120_000): Promise<Postmaster> {
  await clearLeftovers(options.places.data)
  const logStart = await prepareLog(options.logFile)
  const child = launch(options)
  const ended = endOf(child)
  const pid = await untilReady(options, ended, timeout)
  if (pid !== null) return { pid, ended, stop: async (patience) => await stopChild(child, ended, options, patience) }
  await stopChild(child, ended, options, 1000)
  throw await explainFailure(options, await ended, await readLog(options.logFile, logStart))
}

function launch(options: PostmasterOptions): ChildProcess {
  const { places, port, runner } = options
  const words = [
    '-D',
    places.data,
    '-p',
    String(port),
    '--listen_addresses=127.0.0.1',
    `--unix_socket_directories=${options.socket ? places.data : ''}`,
  ]
  const log = openSync(options.logFile, 'a', 0o600)
  try {
    const command: [string, string[]] =
      process.platform === 'win32'
        ? [places.binaries.postgres, words]
        : ['/bin/sh', ['-c', watcherScript, 'tenon-postgres-watcher', places.binaries.postgres, ...words]]
    return spawn(...command, {
      cwd: '/',
      detached: process.platform !== 'win32',
      env: toolEnvironment(),
      stdio: ['pipe', log, log],
      windowsHide: true,
      ...runner.identity,
    })
  } finally {
    closeSync(log)
  }
}

async function endOf(child: ChildProcess): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  child.stdin?.on('error', () => null)
  child.once('error', (error) => resolve(error.message))
  child.once('exit', (code, signal) => resolve(signal === null ? describeExit(code ?? 0) : `ended by ${signal}`))
  return await promise
}

/** A shell reports a child that a signal ended as 128 and the signal's number. */
function describeExit(code: number): string {
  return code > 128 ? `ended by signal ${code - 128}` : `ended with code ${code}`
}

/** Postgres says in its pid file when it is ready; the file is looked at every few milliseconds. */
async function untilReady(options: PostmasterOptions, ended: Promise<string>, timeout: number): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>()
  const deadline = Date.now() + timeout
  let over = false
  const look = async (): Promise<void> => {
    const file = await readPostmasterFile(options.places.data)
    if (over) return
    if (file?.state === 'ready') resolve(file.pid)
    else if (Date.now() > deadline) resolve(null)
    else setTimeout(() => void look(), 5)
  }
  void ended.then(() => resolve(null))
  void look()
  return await promise.finally(() => (over = true))
}

async function stopChild(
  child: ChildProcess,
  ended: Promise<string>,
  options: PostmasterOptions,
  patience = 20_000,
): Promise<void> {
  const timers = [
    setTimeout(() => void signalPostmaster(options, 'SIGQUIT'), patience),
    setTimeout(() => void signalPostmaster(options, 'SIGKILL'), 2 * patience),
  ]
  if (process.platform === 'win32') child.kill()
  else child.stdin?.end()
  await ended
  for (const timer of timers) clearTimeout(timer)
  // Someone may have killed the watching shell alone.
  await clearLeftovers(options.places.data)
}

async function signalPostmaster(options: PostmasterOptions, signal: NodeJS.Signals): Promise<void> {
  const file = await readPostmasterFile(options.places.data)
  if (file !== null && (await isServing(options.places.data, file))) process.kill(file.pid, signal)
}

/** The log is kept from run to run, begun anew when it has grown large. */
async function prepareLog(logFile: string): Promise<number> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  )
  if (size <= logSizeLimit) return size
  await truncate(logFile)
  return 0
}

/** The last few thousand characters that were logged since `start`. */
export async function readLog(logFile: string, start = 0): Promise<string> {
  const file = await open(logFile, 'r').catch(() => null)
  if (file === null) return ''
  try {
    const { size } = await file.stat()
    const from = Math.max(start, size - 4000)
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from })
    return buffer.toString('utf8', 0, bytesRead).trim()
  } finally {
    await file.close()
  }
}

async function explainFailure(options: PostmasterOptions, end: string, log: string): Promise<Refusal> {
  const folder = options.places.data
  if (isDiskFull(log)) return await diskFull(folder, log.split('\n').find(isDiskFull) ?? end)
  const socketLine = log
    .split('\n')
    .find((line) => /could not (?:create|bind) (?:any )?Unix|using socket file/.test(line))
  if (socketLine !== undefined) {
    return socketTaken(`${folder}/.s.PGSQL.${options.port}`, socketLine)
  }
  const reason = /(?:FATAL|PANIC|ERROR): +(.+)/.exec(log)?.[1] ?? end
  return new Refusal('engine.start-failed', { folder, reason, log }, { fix: `Read the log: ${options.logFile}` })
}
