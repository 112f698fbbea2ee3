// One connection that hears when events were recorded, by this process or another, and comes back when it breaks.

import { Client } from 'pg'

import { eventsChannel } from './events-channel.ts'

export interface HearEventsOptions {
  readonly databaseUrl: string
  /** Something was recorded, or may have been while nobody listened. */
  readonly heard: () => void
  readonly lost: (error: unknown) => void
}

/** Milliseconds until a lost connection is tried again. */
const RETRY = 1000

/** Listens until closed. */
export function hearEvents({ databaseUrl, heard, lost }: HearEventsOptions): { close(): Promise<void> } {
  let closed = false
  let client: Client
  let timer: NodeJS.Timeout | undefined
  const connect = (): void => {
    client = new Client({ connectionString: databaseUrl, application_name: 'tenon-clerk-events' })
    let over = false
    const lose = (error: unknown): void => {
      if (over || closed) return
      over = true
      lost(error)
      timer = setTimeout(connect, RETRY)
    }
    client.on('error', lose)
    client.on('end', () => lose(new Error('the connection ended')))
    client.on('notification', heard)
    open(client).then(heard, lose)
  }
  connect()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await client.end()
    },
  }
}

async function open(client: Client): Promise<void> {
  await client.connect()
  await client.query(`listen ${eventsChannel}`)
}
