import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { sendSignalToGroup } from '@tenon/testing'
import { expect, test } from 'vitest'

import { freePorts, projectFolder } from '../conformance/running-stack.ts'
import { eventually, isGone } from './postmaster.ts'

const REPOSITORY = resolve(import.meta.dirname, '..')

test('Ctrl+C on `npm start` ends everything with exit code 0', async () => {
  const { child, server, folder } = await launch('npm', ['start', '--'])
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  sendSignalToGroup(child.pid, 'SIGINT')
  expect(await ended).toBe(0)
  expect(await isGone(server, 5000)).toBe(true)
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  ['npm start', 'npm', ['start', '--']],
  ['npx tenon start', 'npx', ['tenon', 'start']],
] as const)('SIGTERM to the launcher of `%s` ends the server too', async (_name, command, args) => {
  const { child, server, folder } = await launch(command, args)
  child.kill('SIGTERM')
  expect(await isGone(server, 15_000)).toBe(true)
  rmSync(folder, { recursive: true, force: true })
})

interface Launched {
  readonly child: ChildProcess
  /** Process number of the server itself. */
  readonly server: number
  readonly folder: string
}

/** Starts a project of its own through npm, in a process group of its own as a terminal would. */
async function launch(command: string, args: readonly string[]): Promise<Launched> {
  const folder = projectFolder()
  const [api, database, mailbox, clerk, studio] = await freePorts(5)
  const doors = ['--mailbox-port', `${mailbox}`, '--clerk-port', `${clerk}`, '--studio-port', `${studio}`]
  const flags = ['--project', folder, '--api-port', `${api}`, '--db-port', `${database}`, ...doors]
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))
  const child = spawn(command, [...args, ...flags], {
    cwd: REPOSITORY,
    detached: true,
    stdio: 'ignore',
    env: Object.fromEntries(environment),
  })
  const state = join(folder, '.tenon', 'run.json')
  let server = 0
  const started = await eventually(60_000, async () => {
    server = pidIn(state)
    return server > 0
  })
  expect(started, 'the stack did not start').toBe(true)
  return { child, server, folder }
}

function pidIn(state: string): number {
  try {
    return (JSON.parse(readFileSync(state, 'utf8')) as { pid: number }).pid
  } catch {
    return 0
  }
}
