// The Unix sockets in a data folder: whether a program other than our Postgres answers on one.

import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'

import { Refusal } from '../../../refusal/refusal.ts'

/** Refuses with `engine.socket-taken`. Files of sockets that nobody answers on are left for others to remove. */
export async function assertSocketsFree(data: string): Promise<void> {
  const sockets = (await readdir(data)).filter((name) => /^\.s\.PGSQL\.\d+$/.test(name))
  for (const socket of sockets.map((name) => join(data, name))) {
    if (await answers(socket)) throw socketTaken(socket, 'another program answers on it')
  }
}

/** `reason` is what was seen, or what Postgres said. */
export function socketTaken(socket: string, reason: string): Refusal<'engine.socket-taken'> {
  return new Refusal(
    'engine.socket-taken',
    { socket, reason },
    { fix: 'End the process that uses the socket, or choose another port.' },
  )
}

async function answers(socket: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const connection = connect(socket)
  connection.once('connect', () => resolve(true))
  connection.once('error', () => resolve(false))
  return await promise.finally(() => connection.destroy())
}
