// Starts `tenon rest` as a process of its own, as an operator would who puts it where a `postgrest` binary stood.

import { spawn, type ChildProcess } from 'node:child_process'
import { request } from 'node:http'
import { join, resolve } from 'node:path'

import { expect } from 'vitest'

const TENON = join(resolve(import.meta.dirname, '..'), 'packages', 'server', 'bin', 'tenon.js')

type Environment = Readonly<Record<string, string>>

/** A process under test. */
export interface RunningRest extends AsyncDisposable {
  readonly process: ChildProcess
  readonly out: () => string
  readonly err: () => string
  /** Resolves with the exit code once it has ended. */
  readonly ended: Promise<number | null>
  /** Waits until standard error has a match from `from` on, and returns where it ends. */
  readonly said: (pattern: RegExp, from?: number) => Promise<number>
  /** Where the API listens, out of the log: `http://127.0.0.1:3000`. */
  readonly url: () => Promise<string>
  readonly adminUrl: () => Promise<string>
  readonly signal: (name: NodeJS.Signals) => void
}

/** Nothing of this process's own PG* and PGRST_* reaches it. */
export function startRest(environment: Environment, ...args: readonly string[]): RunningRest {
  const child = spawn(process.execPath, [TENON, 'rest', ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', TZ: 'UTC', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()))
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  const said = async (pattern: RegExp, from = 0): Promise<number> => {
    const find = (): RegExpExecArray | null => pattern.exec(texts.err.slice(from))
    await expect.poll(find, { timeout: 15_000, message: `${pattern} in ${texts.err}` }).not.toBeNull()
    const match = find()
    return from + (match?.index ?? 0) + (match?.[0].length ?? 0)
  }
  const address = async (server: string): Promise<string> => {
    const pattern = new RegExp(`${server} server listening on (\\S+)\\n`)
    await said(pattern)
    return `http://${pattern.exec(texts.err)?.[1]?.replace('0.0.0.0', '127.0.0.1')}`
  }
  return {
    process: child,
    out: () => texts.out,
    err: () => texts.err,
    ended,
    said,
    url: async () => await address('API'),
    adminUrl: async () => await address('Admin'),
    signal: (name) => void child.kill(name),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}

export interface Finished {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a task that ends by itself. */
export async function runRest(environment: Environment, ...args: readonly string[]): Promise<Finished> {
  await using rest = startRest(environment, ...args)
  const code = await rest.ended
  return { code, out: rest.out(), err: rest.err() }
}

/** GET over a Unix socket; the status and the body. */
export async function getOverSocket(socketPath: string, path: string): Promise<{ status: number; body: string }> {
  return await new Promise((done, failed) => {
    const asked = request({ socketPath, path }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += chunk.toString()))
      response.on('end', () => done({ status: response.statusCode ?? 0, body }))
    })
    asked.once('error', failed)
    asked.end()
  })
}
