// Secrets that are made once per project and stay the same from start to start, in a file of the state
// folder that its owner alone can read.

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Refusal } from '../refusal/refusal.ts'

export interface KeptSecrets {
  /** Secret key of the built-in Clerk instance. */
  readonly clerkSecretKey: string
}

const FILE = 'secrets.json'

/** Reads the project's secrets, making them the first time. Refuses `boot.config-invalid` for a file that is broken. */
export function keptSecrets(stateDir: string): KeptSecrets {
  const file = join(stateDir, FILE)
  const found = readSecrets(file)
  if (found !== null) return found
  const made: KeptSecrets = {
    clerkSecretKey: `sk_test_${randomBytes(32).toString('base64url').replaceAll(/[-_]/g, 'x')}`,
  }
  mkdirSync(stateDir, { recursive: true })
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  return made
}

function readSecrets(file: string): KeptSecrets | null {
  if (!existsSync(file)) return null
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<KeptSecrets>
    if (typeof found.clerkSecretKey === 'string') return { clerkSecretKey: found.clerkSecretKey }
  } catch {
    // Told below, with what is missing.
  }
  throw new Refusal(
    'boot.config-invalid',
    { file, key: '', problem: 'the kept secrets cannot be read' },
    { fix: 'Restore the file, or delete it: new keys are made, and apps need the new ones.' },
  )
}
