// What the platform's endpoints tell of the stack they are part of. Some of it is known only once everything answers,
// and requests may come before.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { RunningInstance } from '@tenon/clerk'

import type { Engine } from '../../database/engines/engine.ts'
import type { ProjectFacts } from '../../platform/project/project-area.ts'
import type { ProjectConfig } from '../config/project-config.ts'
import type { StatusLines } from './run-state.ts'

/** Filled in by the start as it goes. */
export interface StackFacts {
  lines: StatusLines
  notices: readonly string[]
  /** Of the built-in identity provider; null where there is none, or not yet. */
  clerk: readonly RunningInstance[] | null
}

/** Nothing is known yet. */
export function noFacts(): StackFacts {
  return { lines: {}, notices: [], clerk: null }
}

/** For the home page of Studio: no secret is among them. */
export function projectFacts(
  { projectId, projectDir, production }: ProjectConfig,
  engine: Engine,
  { lines, notices }: StackFacts,
): ProjectFacts {
  return {
    name: projectId,
    folder: projectDir,
    production,
    version: ownVersion(),
    addresses: addressesOf(lines),
    postgres: { version: engine.status().version, kind: engine.kind },
    notices,
  }
}

function addressesOf(lines: StatusLines): Readonly<Record<string, string>> {
  const addresses = Object.entries(lines).filter(([name]) => name.endsWith('_URL'))
  return Object.fromEntries(addresses.map(([name, url]) => [name, name === 'DB_URL' ? withoutPassword(url) : url]))
}

function withoutPassword(text: string): string {
  const url = new URL(text)
  url.password = ''
  return url.href
}

/** The version of this server. A published module lies one folder below its manifest, a source three. */
export function ownVersion(): string {
  for (const above of [['..'], ['..', '..', '..']]) {
    const found = versionAt(join(import.meta.dirname, ...above, 'package.json'))
    if (found !== null) return found
  }
  return 'unknown'
}

function versionAt(file: string): string | null {
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown; version?: unknown }
    return manifest.name === 'tenon' && typeof manifest.version === 'string' ? manifest.version : null
  } catch {
    return null
  }
}
