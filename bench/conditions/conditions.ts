// Under which conditions figures were measured.

import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, platform, totalmem } from 'node:os'

export interface Conditions {
  /** ISO 8601. */
  readonly measuredAt: string
  /** Of the checkout; with `+` where files differ from it. Null outside a checkout. */
  readonly commit: string | null
  readonly cores: number
  readonly processor: string
  readonly memoryGiB: number
  readonly platform: string
  readonly node: string
  readonly postgres: string
}

/** The conditions here and now. */
export function conditions(postgres: string): Conditions {
  return {
    measuredAt: new Date().toISOString(),
    commit: commit(),
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    platform: platform(),
    node: process.version,
    postgres,
  }
}

function commit(): string | null {
  try {
    const head = git('rev-parse', '--short=12', 'HEAD')
    return git('status', '--porcelain', '--untracked-files=no') === '' ? head : `${head}+`
  } catch {
    return null
  }
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}
