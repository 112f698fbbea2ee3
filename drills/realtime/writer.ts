// Writes tasks of several people, one transaction each, for as long as it is told to, whatever happens to Postgres meanwhile.

import { setTimeout as pause } from 'node:timers/promises'

import { Client } from 'pg'

export interface Written {
  readonly id: number
  readonly user: string
  /** Unix milliseconds when Postgres said that it is committed. */
  readonly at: number
}

export interface Writer {
  readonly written: readonly Written[]
  /** Ends after the write under way. */
  stop(): Promise<void>
}

/** Milliseconds between two writes. */
const PACE = 4

export function writeTasks(databaseUrl: string, users: readonly string[]): Writer {
  const written: Written[] = []
  const ending = new AbortController()
  const isOver = (): boolean => ending.signal.aborted
  const life = (async (): Promise<void> => {
    for (let turn = 0; !isOver();) {
      const client = new Client(databaseUrl)
      client.on('error', () => undefined)
      try {
        await client.connect()
        for (; !isOver(); turn += 1) written.push(await write(client, users[turn % users.length] ?? ''))
      } catch {
        await pause(50)
      } finally {
        await client.end().catch(() => undefined)
      }
    }
  })()
  return {
    written,
    async stop() {
      ending.abort()
      await life
    },
  }
}

async function write(client: Client, user: string): Promise<Written> {
  const { rows } = await client.query<{ id: string }>(
    "insert into tasks (name, user_id) values ('drill', $1) returning id",
    [user],
  )
  const written = { id: Number(rows[0]?.id), user, at: Date.now() }
  await pause(PACE)
  return written
}
