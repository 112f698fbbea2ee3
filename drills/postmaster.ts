// Finds the postmaster behind a connection string: the parent of the backend that answers.

import { readFileSync } from 'node:fs'

import { Client } from 'pg'

import { isAlive } from '../packages/server/src/database/engines/embedded/processes.ts'

/** Process number of the postmaster that serves `url`. Linux only: reads /proc. */
export async function postmasterOf(url: string): Promise<number> {
  const client = new Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const stat = readFileSync(`/proc/${rows[0]?.pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } finally {
    await client.end()
  }
}

/** Waits until the process is gone; false where it is still there after `patience` milliseconds. */
export async function isGone(pid: number, patience: number): Promise<boolean> {
  return await eventually(patience, async () => !isAlive(pid))
}

/** Asks again every 50 ms until the answer is true; false when `patience` milliseconds are over. */
export async function eventually(patience: number, ask: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + patience
  while (Date.now() < deadline) {
    if (await ask()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}
