// Secrets that are made once per project and stay the same from start to start, in a file of the state
// folder that its owner alone can read.

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Refusal } from '../refusal/refusal.ts'

export interface KeptSecrets {
  /** Secret key of the built-in Clerk instance. */
  readonly clerkSecretKey: string
  /** What the built-in instance signs the mirror's webhooks with. */
  readonly clerkMirrorSecret: string
}

const FILE = 'secrets.json'

/** Reads the project's secrets, making those that are missing. Refuses `boot.config-invalid` for a file that is broken. */
export function keptSecrets(stateDir: string): KeptSecrets {
  const file = join(stateDir, FILE)
  const found = existsSync(file) ? readSecrets(file) : {}
  if (isComplete(found)) return found
  const secrets = { ...makeSecrets(), ...found }
  mkdirSync(stateDir, { recursive: true })
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}

function makeSecrets(): KeptSecrets {
  return {
    clerkSecretKey: `sk_test_${randomBytes(32).toString('base64url').replaceAll(/[-_]/g, 'x')}`,
    clerkMirrorSecret: `whsec_${randomBytes(24).toString('base64')}`,
  }
}

function isComplete(found: Partial<KeptSecrets>): found is KeptSecrets {
  return typeof found.clerkSecretKey === 'string' && typeof found.clerkMirrorSecret === 'string'
}

function readSecrets(file: string): Partial<KeptSecrets> {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<KeptSecrets>
    if (typeof found.clerkSecretKey === 'string') return found
  } catch {
    // Told below, with what is missing.
  }
  throw new Refusal(
    'boot.config-invalid',
    { file, key: '', problem: 'the kept secrets cannot be read' },
    { fix: 'Restore the file, or delete it: new keys are made, and apps need the new ones.' },
  )
}
