// What goes on behind the requests of one process: telling the outside what was recorded.

import type { FastifyBaseLogger } from 'fastify'

import { hearEvents } from '../events/hear-events.ts'
import { sendMessages } from '../messages/send-messages.ts'
import type { ClerkDatabase } from '../state/database.ts'
import type { Instance } from '../state/instance.ts'
import { startRunner } from './runner.ts'

export interface BackgroundOptions {
  readonly database: ClerkDatabase
  readonly databaseUrl: string
  readonly instances: readonly Instance[]
  /** Where messages go; null leaves them in their table. */
  readonly mailboxUrl: string | null
  readonly now: () => number
  readonly logger?: FastifyBaseLogger | undefined
}

export interface Background {
  /** Finishes what is under way. */
  stop(): Promise<void>
}

/** Milliseconds between two looks, for what no notice told of. */
const LOOK_EVERY = 5000

/** Starts the runners there is work for. */
export function startBackground(options: BackgroundOptions): Background {
  const { mailboxUrl, databaseUrl, logger } = options
  if (mailboxUrl === null) return { stop: async () => undefined }
  const sending = { ...options, mailboxUrl, instanceIds: options.instances.map(({ id }) => id) }
  const messages = startRunner({
    work: () => sendMessages(sending),
    every: LOOK_EVERY,
    report: (err) => logger?.warn({ err }, 'messages could not be sent'),
  })
  const hearing = hearEvents({
    databaseUrl,
    heard: () => messages.wake(),
    lost: (err) => logger?.warn({ err }, 'events cannot be heard'),
  })
  return {
    async stop() {
      await hearing.close()
      await messages.stop()
    },
  }
}
