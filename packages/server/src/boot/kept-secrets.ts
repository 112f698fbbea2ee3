// Secrets that are made once per project and stay the same from start to start, in a file of the state
// folder that its owner alone can read.

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Refusal } from '../refusal/refusal.ts'
import type { ClerkInstanceConfig } from './config/project-config.ts'

export interface KeptSecrets {
  /** Secret keys of the built-in Clerk instances that the configuration gives none, by name. */
  readonly clerkSecretKeys: Readonly<Record<string, string>>
  /** What the built-in instance signs the mirror's webhooks with. */
  readonly clerkMirrorSecret: string
}

/** The file, in which the default instance's key stands by itself. */
interface SecretsFile {
  readonly clerkSecretKey: string
  readonly clerkMirrorSecret: string
  readonly clerkInstances: Readonly<Record<string, string>>
}

const FILE = 'secrets.json'

/** Reads the project's secrets, making those that are missing. Refuses `boot.config-invalid` for a file that is broken. */
export function keptSecrets(stateDir: string, instances: readonly ClerkInstanceConfig[]): KeptSecrets {
  const file = join(stateDir, FILE)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const secrets = completed(before === '' ? {} : readSecrets(file, before), instances)
  const after = `${JSON.stringify(secrets, null, 2)}\n`
  if (after !== before) {
    mkdirSync(stateDir, { recursive: true })
    writeFileSync(file, after, { mode: 0o600 })
  }
  const { clerkSecretKey, clerkMirrorSecret, clerkInstances } = secrets
  return { clerkSecretKeys: { default: clerkSecretKey, ...clerkInstances }, clerkMirrorSecret }
}

function completed(found: Partial<SecretsFile>, instances: readonly ClerkInstanceConfig[]): SecretsFile {
  const kept = { ...found.clerkInstances }
  for (const { name, secretKey, environment } of instances) {
    if (name !== 'default' && secretKey === null) kept[name] ??= newKey(environment)
  }
  return {
    clerkSecretKey: found.clerkSecretKey ?? newKey(instances[0]?.environment ?? 'development'),
    clerkMirrorSecret: found.clerkMirrorSecret ?? `whsec_${randomBytes(24).toString('base64')}`,
    clerkInstances: kept,
  }
}

function newKey(environment: ClerkInstanceConfig['environment']): string {
  const random = randomBytes(32).toString('base64url').replaceAll(/[-_]/g, 'x')
  return `sk_${environment === 'production' ? 'live' : 'test'}_${random}`
}

function readSecrets(file: string, text: string): Partial<SecretsFile> {
  try {
    const found = JSON.parse(text) as Partial<SecretsFile>
    const others = Object.values(found.clerkInstances ?? {})
    if (typeof found.clerkSecretKey === 'string' && others.every((key) => typeof key === 'string')) return found
  } catch {
    // Told below, with what is missing.
  }
  throw new Refusal(
    'boot.config-invalid',
    { file, key: '', problem: 'the kept secrets cannot be read' },
    { fix: 'Restore the file, or delete it: new keys are made, and apps need the new ones.' },
  )
}
