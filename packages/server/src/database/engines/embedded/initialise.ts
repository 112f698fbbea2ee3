// Makes a new data folder, aside and then moved into place: it is there whole or not at all, and a start that was
// cut short leaves nothing that the next one would mistake for data.

import { spawn } from 'node:child_process'
import { chown, mkdir, rename, rm, rmdir, statfs, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { Refusal } from '../../../refusal/refusal.ts'
import type { Passwords } from '../engine.ts'
import { writePasswords } from './passwords.ts'
import type { Places } from './places.ts'
import type { Runner } from './runner.ts'

/** `supabase_admin` becomes the superuser. Refuses with `engine.disk-full` and `engine.initialise-failed`. */
export async function initialiseData(places: Places, runner: Runner, passwords: Passwords): Promise<void> {
  const aside = `${places.data}.new`
  const passwordFile = join(aside, 'password')
  try {
    await rm(aside, { recursive: true, force: true })
    await mkdir(aside, { recursive: true, mode: 0o700 })
    await writeFile(passwordFile, passwords.supabase_admin, { mode: 0o600 })
    await own(runner, aside, passwordFile)
    await runInitdb(places, runner, join(aside, 'data'), passwordFile)
    await writePasswords(join(aside, 'data'), passwords, runner)
    await rmdir(places.data).catch(() => null)
    await rename(join(aside, 'data'), places.data)
  } catch (error) {
    throw await explain(error, places.data)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

async function own(runner: Runner, ...paths: readonly string[]): Promise<void> {
  if (runner.identity === null) return
  for (const path of paths) await chown(path, runner.identity.uid, runner.identity.gid)
}

async function runInitdb(places: Places, runner: Runner, data: string, passwordFile: string): Promise<void> {
  const words = [
    `--pgdata=${data}`,
    '--username=supabase_admin',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
    '--no-instructions',
  ]
  await runTool(places.binaries.initdb, words, runner)
}

/** In a session of its own: Ctrl+C is the server's to hear, which ends when its start is whole. */
async function runTool(program: string, words: readonly string[], runner: Runner): Promise<void> {
  const child = spawn(program, words, {
    cwd: '/',
    detached: process.platform !== 'win32',
    env: toolEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    ...runner.identity,
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const { promise, resolve, reject } = Promise.withResolvers<string | null>()
  child.once('error', reject)
  child.once('close', (code, signal) =>
    resolve(code === 0 ? null : `${basename(program)} ended with ${signal ?? code}`),
  )
  const failure = await promise
  if (failure !== null) throw Object.assign(new Error(failure), { stderr })
}

/** Variables such as PGDATA or PGPORT of the caller's shell mean another Postgres. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_'))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}

async function explain(error: unknown, data: string): Promise<unknown> {
  const failure = error as NodeJS.ErrnoException & { stderr?: string }
  const reason = (failure.stderr ?? '').trim() || failure.message
  if (failure.code === 'ENOSPC' || isDiskFull(reason))
    return await diskFull(data, reason.split('\n').find(isDiskFull) ?? reason)
  if (failure.stderr === undefined) return error
  return new Refusal('engine.initialise-failed', { folder: data, reason }, { cause: error })
}

export function isDiskFull(text: string): boolean {
  return /No space left on device|Disk quota exceeded|ENOSPC/i.test(text)
}

export async function diskFull(data: string, reason: string): Promise<Refusal<'engine.disk-full'>> {
  const disk = await statfs(dirname(data)).catch(() => null)
  return new Refusal(
    'engine.disk-full',
    { folder: data, free: disk === null ? null : disk.bavail * disk.bsize, reason },
    {
      fix: 'Make room on the disk (an empty database needs about 60 MB) and start again; what was saved is still there.',
    },
  )
}
