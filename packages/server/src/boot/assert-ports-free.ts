// Finds out early that a port is taken, before anything is started for nothing.

import { createServer } from 'node:net'

import { Refusal } from '../refusal/refusal.ts'

interface WantedPort {
  readonly host: string
  readonly port: number
  /** Who wants it, for the message. */
  readonly door: string
  /** Where the configuration chooses it. */
  readonly key: string
}

/** Refuses `boot.port-taken` where something listens on one, or two of the doors want the same; port 0 is always free. */
export async function assertPortsFree(wanted: readonly WantedPort[]): Promise<void> {
  assertDifferent(wanted.filter(({ port }) => port !== 0))
  for (const each of wanted) await assertFree(each)
}

function assertDifferent(wanted: readonly WantedPort[]): void {
  const chosen = new Map<string, WantedPort>()
  for (const each of wanted) {
    const address = `${each.host}:${each.port}`
    const before = chosen.get(address)
    if (before !== undefined) throw portTaken(each, `${before.key} is ${each.port}, too: choose another port`)
    chosen.set(address, each)
  }
}

async function assertFree(wanted: WantedPort): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const wayOut = 'End what listens there (tenon stop, where it is another stack), or choose another port'
      reject(error.code === 'EADDRINUSE' ? portTaken(wanted, wayOut) : error)
    })
    probe.listen(wanted.port, wanted.host, () => probe.close(() => resolve()))
  })
}

function portTaken({ host, port, door, key }: WantedPort, wayOut: string): Refusal {
  const flag = `--${key.replace(/^\[(\w+)\] port$/, '$1-port')}`
  const fix = `${wayOut}: ${key} in supabase/config.toml, or ${flag}.`
  return new Refusal('boot.port-taken', { host, port, door }, { fix })
}
