// The tutorial's app as its owner runs it: built and served, or under the development server.

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

import { freePorts, tenon } from '../../running-stack.ts'

const repository = resolve(import.meta.dirname, '..', '..', '..')
const app = join(repository, 'examples', 'tasks-nextjs')
const guard = pathToFileURL(join(repository, 'scripts', 'this-machine-only.ts')).href
/** Next's own processes know no other host either. */
const kept = { ...process.env, NODE_OPTIONS: `--import=${guard}` }
const next = createRequire(join(app, 'package.json')).resolve('next/dist/bin/next')

/** A Next server under test. */
export interface NextApp {
  readonly url: string
  readonly output: () => string
  readonly stop: () => Promise<void>
}

/** The variables of `tenon env` for the stack of a project folder. */
export async function appVariables(folder: string): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await tenon(folder, 'env')
  return Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
}

/** `next build`. Variables of the process go before those of a file, so that an owner's `.env.local` does not count. */
export async function buildApp(variables: Readonly<Record<string, string>>): Promise<void> {
  const env = { ...kept, ...variables, NODE_ENV: 'production' }
  await promisify(execFile)(process.execPath, [next, 'build'], { cwd: app, env, timeout: 300_000 })
}

/** `next start` or `next dev` on a free port; resolves when it says that it is ready. */
export async function startApp(verb: 'start' | 'dev', variables: Readonly<Record<string, string>>): Promise<NextApp> {
  const [port] = await freePorts(1)
  const child = spawn(process.execPath, [next, verb, '-H', 'localhost', '-p', `${port}`], {
    cwd: app,
    env: { ...kept, ...variables, NODE_ENV: verb === 'dev' ? 'development' : 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ready = new Promise<void>((done, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (output.includes('Ready in')) done()
      })
    child.once('exit', (code) => reject(new Error(`next ${verb} ended with ${code}:\n${output}`)))
  })
  const late = setTimeout(() => child.kill('SIGKILL'), 100_000)
  await ready.finally(() => clearTimeout(late))
  return { url: `http://localhost:${port}`, output: () => output, stop: async () => await end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
}
