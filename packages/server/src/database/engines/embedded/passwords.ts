// The passwords of the server's own login roles. They are random, live inside the data folder (and die with it),
// and only the user Postgres runs as may read them.

import { randomBytes } from 'node:crypto'
import { chown, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { loginRoles, type Passwords } from '../engine.ts'
import type { Runner } from './runner.ts'

const fileName = 'tenon-passwords.json'

/** Random passwords for all roles but `postgres`, whose password people type. */
export function makePasswords(postgres: string): Passwords {
  const random = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(24).toString('base64url')]))
  return { ...(random as Passwords), postgres }
}

/** Null where there are none, or not for each role. */
export async function readPasswords(data: string): Promise<Passwords | null> {
  const text = await readFile(join(data, fileName), 'utf8').catch(() => '{}')
  try {
    const found = JSON.parse(text) as Partial<Passwords>
    return loginRoles.every((role) => typeof found[role] === 'string') ? (found as Passwords) : null
  } catch {
    return null
  }
}

export async function writePasswords(data: string, passwords: Passwords, runner: Runner): Promise<void> {
  const path = join(data, fileName)
  await writeFile(`${path}.new`, JSON.stringify(passwords), { mode: 0o600 })
  if (runner.identity !== null) await chown(`${path}.new`, runner.identity.uid, runner.identity.gid)
  await rename(`${path}.new`, path)
}
