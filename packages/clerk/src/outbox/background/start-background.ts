// What goes on behind the requests of one process: telling the outside what was recorded, and forgetting it in time.

import type { FastifyBaseLogger } from 'fastify'

import { hearEvents } from '../events/hear-events.ts'
import { sendMessages } from '../messages/send-messages.ts'
import type { ClerkDatabase } from '../../state/database/database.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { createWebhookDeliverer } from '../webhooks/deliver-webhooks.ts'
import type { WebhookPolicy } from '../webhooks/webhook-policy.ts'
import { prune } from './prune.ts'
import { type Runner, startRunner } from './runner.ts'

export interface BackgroundOptions {
  readonly database: ClerkDatabase
  readonly databaseUrl: string
  readonly instances: readonly Instance[]
  /** Where messages go; null leaves them in their table. */
  readonly mailboxUrl: string | null
  readonly webhookPolicy: WebhookPolicy
  /** Milliseconds. */
  readonly retention: number
  readonly now: () => number
  readonly logger?: FastifyBaseLogger | undefined
}

export interface Background {
  /** Finishes what is under way. */
  stop(): Promise<void>
}

/** Milliseconds between two looks, for what no notice told of. */
const LOOK_EVERY = 5000
const PRUNE_EVERY = 3_600_000

/** Starts the runners there is work for. */
export function startBackground(options: BackgroundOptions): Background {
  const { databaseUrl, logger } = options
  const runners = [startMessages(options), startWebhooks(options), startPruning(options)]
  const hearing = hearEvents({
    databaseUrl,
    heard: () => {
      for (const runner of runners) if (runner.hears) runner.wake()
    },
    lost: (err) => logger?.warn({ err }, 'events cannot be heard'),
  })
  return {
    async stop() {
      await hearing.close()
      for (const runner of runners) await runner.stop()
    },
  }
}

interface BackgroundRunner extends Runner {
  /** Has work when something was recorded. */
  readonly hears: boolean
}

function startMessages({ mailboxUrl, instances, logger, ...options }: BackgroundOptions): BackgroundRunner {
  const instanceIds = instances.map(({ id }) => id)
  const runner = startRunner({
    work: async () =>
      mailboxUrl === null ? null : await sendMessages({ ...options, mailboxUrl, instanceIds, logger }),
    every: LOOK_EVERY,
    report: (err) => logger?.warn({ err }, 'messages could not be sent'),
  })
  return { ...runner, hears: mailboxUrl !== null }
}

function startWebhooks(options: BackgroundOptions): BackgroundRunner {
  const { database, instances, webhookPolicy: policy, now, logger } = options
  const stores = new Map(instances.map(({ id, store }) => [id, store]))
  const deliverer = createWebhookDeliverer({ database, stores, policy, now, logger }, () => runner.wake())
  const runner = startRunner({
    work: () => deliverer.work(),
    every: LOOK_EVERY,
    report: (err) => logger?.warn({ err }, 'webhooks could not be delivered'),
  })
  const stop = async (): Promise<void> => {
    await runner.stop()
    await deliverer.stop()
  }
  return { wake: () => runner.wake(), stop, hears: true }
}

function startPruning({ database, instances, retention, now, logger }: BackgroundOptions): BackgroundRunner {
  const instanceIds = instances.map(({ id }) => id)
  const runner = startRunner({
    work: async () => {
      await prune(database, instanceIds, now() - retention)
      return null
    },
    every: PRUNE_EVERY,
    report: (err) => logger?.warn({ err }, 'old events could not be removed'),
  })
  return { ...runner, hears: false }
}
