// The built-in Clerk-compatible instance, started beside the server. They share the process and the database
// server, and meet over HTTP like any issuer and its verifier.

import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import {
  configureInstance,
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

import type {
  ClerkInstanceConfig,
  DatabaseProject,
  DeliveryConfig,
  ProjectConfig,
  WebhookConfig,
} from '../config/project-config.ts'
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

/** The instances of a project, each with its profile, settings and seed. Refuses what the identity provider cannot be. */
export async function clerkInstances(
  config: DatabaseProject,
  secrets: KeptSecrets,
): Promise<readonly InstanceSettings[]> {
  return await Promise.all(config.clerk.instances.map((instance) => settingsOf(instance, config, secrets)))
}

async function settingsOf(
  { name, domain, environment, secretKey, connected, profile, settings, seedPath }: ClerkInstanceConfig,
  config: DatabaseProject,
  secrets: KeptSecrets,
): Promise<InstanceSettings> {
  const { clerk, auth, supabaseDir } = config
  const seed = seedPath === null ? null : await readSeed(resolve(supabaseDir, seedPath))
  const webhooks = [...clerk.webhooks, ...mirrorWebhook(config, secrets)].map(webhookSettings)
  return configureInstance({
    name,
    domain,
    environment,
    secretKey: secretKey ?? secrets.clerkSecretKeys[name] ?? '',
    connectedToSupabase: connected,
    supabaseJwtSecret: auth.jwtSecret,
    settings,
    ...(name === 'default' && { webhooks }),
    ...(profile !== null && { profile }),
    ...(seed !== null && { seed }),
  })
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

async function readSeed(file: string): Promise<Seed> {
  const text = await readFile(file, 'utf8')
  return parseSeed(file.endsWith('.json') ? JSON.parse(text) : parseToml(text))
}
