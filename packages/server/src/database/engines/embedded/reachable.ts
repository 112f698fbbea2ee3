// Asks the system itself whether a user may use a path: mode bits, mount options and access lists all count.

import { spawn } from 'node:child_process'

import type { Runner } from './runner.ts'

/** Whether the runner may run `program`. */
export async function canRun(runner: Runner, program: string): Promise<boolean> {
  return await succeeds(runner, 'test -x "$1" && test -r "$1"', program)
}

/** Whether the runner may pass through `folder` to something in it. */
export async function canEnter(runner: Runner, folder: string): Promise<boolean> {
  return await succeeds(runner, 'cd "$1"', folder)
}

async function succeeds(runner: Runner, script: string, path: string): Promise<boolean> {
  if (runner.identity === null) return true
  const child = spawn('/bin/sh', ['-c', script, 'sh', path], {
    stdio: 'ignore',
    cwd: '/',
    detached: true,
    ...runner.identity,
  })
  const { promise, resolve } = Promise.withResolvers<boolean>()
  child.once('error', () => resolve(false))
  child.once('exit', (code) => resolve(code === 0))
  return await promise
}
