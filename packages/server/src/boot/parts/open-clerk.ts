// The built-in Clerk-compatible instance, started beside the server. They share the process and the database
// server, and meet over HTTP like any issuer and its verifier.

import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import {
  type InstanceSettings,
  parseSeed,
  type RunningClerk,
  type Seed,
  startClerk,
  type WebhookPolicy,
  type WebhookSettings,
} from '@tenon/clerk'
import type { Logger } from 'pino'
import { parse as parseToml } from 'smol-toml'

import type { DeliveryConfig, ProjectConfig, WebhookConfig } from '../config/project-config.ts'
import type { KeptSecrets } from '../kept-secrets.ts'
import { mirrorWebhook } from './open-mirror.ts'

interface ClerkParts {
  readonly config: ProjectConfig
  readonly secrets: KeptSecrets
  /** Connects as role tenon_clerk. */
  readonly databaseUrl: string
  /** Where its e-mails and text messages go; null keeps them in its tables. */
  readonly mailboxUrl: string | null
  readonly log: Logger
}

/** Starts the instance, or nothing where the configuration says so. Rejects with EADDRINUSE where the port is taken. */
export async function openClerk({
  config,
  secrets,
  databaseUrl,
  mailboxUrl,
  log,
}: ClerkParts): Promise<RunningClerk | null> {
  const { clerk } = config
  if (!clerk.enabled) return null
  return await startClerk({
    databaseUrl,
    host: clerk.host,
    port: clerk.port,
    allowProduction: clerk.allowProduction,
    logger: log,
    instances: await clerkInstances(config, secrets),
    webhookPolicy: webhookPolicy(clerk.delivery),
    retention: clerk.delivery.retention,
    ...(mailboxUrl !== null && { mailboxUrl }),
  })
}

/** The instances of a project: one, connected to the project's own tokens, with its seed. */
export async function clerkInstances(
  config: ProjectConfig,
  secrets: KeptSecrets,
): Promise<readonly [InstanceSettings, ...InstanceSettings[]]> {
  const { clerk, auth } = config
  const seed = await readSeed(config)
  return [
    {
      name: 'default',
      domain: clerk.domain,
      secretKey: clerk.secretKey ?? secrets.clerkSecretKey,
      connectedToSupabase: true,
      supabaseJwtSecret: auth.jwtSecret,
      webhooks: [...clerk.webhooks, ...mirrorWebhook(config, secrets)].map(webhookSettings),
      ...(seed !== null && { seed }),
    },
  ]
}

function webhookSettings({ name, url, secret, events, enabled }: WebhookConfig): WebhookSettings {
  return { name, url, eventTypes: events, enabled, ...(secret !== null && { secret }) }
}

function webhookPolicy({ retryDelays, patience, lease }: DeliveryConfig): Partial<WebhookPolicy> {
  return {
    ...(retryDelays !== null && { retryDelays }),
    ...(patience !== null && { patience }),
    ...(lease !== null && { lease }),
  }
}

async function readSeed({ clerk, supabaseDir }: ProjectConfig): Promise<Seed | null> {
  if (clerk.seedPath === null) return null
  const text = await readFile(resolve(supabaseDir, clerk.seedPath), 'utf8')
  return parseSeed(clerk.seedPath.endsWith('.json') ? JSON.parse(text) : parseToml(text))
}
