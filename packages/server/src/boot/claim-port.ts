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

/** Refuses `boot.port-taken` where something listens there; port 0 is always free. */
export async function assertPortFree(wanted: WantedPort): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? portTaken(wanted) : error)
    })
    probe.listen(wanted.port, wanted.host, () => probe.close(() => resolve()))
  })
}

function portTaken({ host, port, door, key }: WantedPort): Refusal {
  const flag = `--${key.replace(/^\[(\w+)\] port$/, '$1-port')}`
  const fix = `End what listens there (tenon stop, where it is another stack), or choose another port: ${key} in supabase/config.toml, or ${flag}.`
  return new Refusal('boot.port-taken', { host, port, door }, { fix })
}
