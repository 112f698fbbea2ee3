// Gives a data folder whose password file was lost a new one. Postgres' single-user mode needs no password: whoever
// may run it on the folder owns the data anyhow.

import { spawn } from 'node:child_process'

import { Refusal } from '../../../refusal/refusal.ts'
import { identifier, literal } from '../../sql.ts'
import type { Passwords } from '../engine.ts'
import { toolEnvironment } from './initialise.ts'
import { writePasswords } from './passwords.ts'
import type { Places } from './places.ts'
import type { Runner } from './runner.ts'

/** Postgres must not be running. The other roles get their passwords from the next bootstrap. */
export async function resetPasswords(places: Places, runner: Runner, passwords: Passwords): Promise<void> {
  const child = spawn(places.binaries.postgres, ['--single', '-D', places.data, 'postgres'], {
    cwd: '/',
    detached: process.platform !== 'win32',
    env: toolEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
    ...runner.identity,
  })
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.once('error', reject)
  child.once('close', resolve)
  child.stdin.end(`alter role ${identifier('supabase_admin')} password ${literal(passwords.supabase_admin)}\n`)
  const code = await promise
  if (code !== 0 || /ERROR|FATAL/.test(log)) {
    throw new Refusal('engine.start-failed', { folder: places.data, reason: 'the password could not be set', log })
  }
  await writePasswords(places.data, passwords, runner)
}
