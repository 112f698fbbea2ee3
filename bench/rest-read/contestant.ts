// How a bare contestant, a process of its own, is told what to do and tells where it listens.

import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

interface ContestantOptions {
  readonly databaseUrl: string
  readonly pool: number
}

export interface Contestant {
  readonly port: number
  stop(): Promise<void>
}

const OPTIONS = 'BENCH_CONTESTANT'

/** Starts the file as a process and waits until it listens. Rejects where it ends before. */
export async function startContestant(file: string, options: ContestantOptions): Promise<Contestant> {
  const child = fork(new URL(file, import.meta.url), {
    env: { ...process.env, [OPTIONS]: JSON.stringify(options) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [port] = (await Promise.race([once(child, 'message'), ended(child, file)])) as [number]
  return {
    port,
    async stop() {
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}

async function ended(child: ChildProcess, file: string): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null]
  throw new Error(`${file} ended with ${code}`)
}

/** In the contestant: what `startContestant` was given. */
export function contestantOptions(): ContestantOptions {
  return JSON.parse(process.env[OPTIONS] ?? '') as ContestantOptions
}

/** In the contestant: listens on any port and says which. */
export function announcePort(server: Server): void {
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
}
