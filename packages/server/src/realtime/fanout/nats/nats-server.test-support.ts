// A NATS server of a test's own on a free port of this machine.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface TestNats {
  readonly port: number
  readonly url: string
  stop(): Promise<void>
}

/** Debian installs servers where an ordinary user's PATH does not look. */
const PLACES = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`

/** Resolves when it takes connections. Fails with a sentence where there is no `nats-server`. */
export async function startNats(
  options: { readonly port?: number; readonly args?: readonly string[] } = {},
): Promise<TestNats> {
  const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', `${options.port ?? -1}`, ...(options.args ?? [])], {
    env: { ...process.env, PATH: PLACES },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const port = await portOf(child)
  return {
    port,
    url: `nats://127.0.0.1:${port}`,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function portOf(child: ChildProcess): Promise<number> {
  const printed: string[] = []
  const ended = once(child, 'exit').catch((error: unknown) => {
    throw new Error('No nats-server: run scripts/install-nats.sh, which says how to get it', { cause: error })
  })
  const listening = new Promise<number>((resolve) => {
    if (child.stderr === null) return
    createInterface(child.stderr).on('line', (line) => {
      printed.push(line)
      const port = /Listening for client connections on .*:(\d+)/.exec(line)?.[1]
      if (port !== undefined) resolve(Number(port))
    })
  })
  const first = await Promise.race([listening, ended])
  if (typeof first !== 'number') throw new Error(`nats-server ended:\n${printed.join('\n')}`)
  return first
}
