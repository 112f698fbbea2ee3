// The mirror of Clerk's people and organisations, where the project keeps one: the webhook's receiver and the backfill.

import { Pool } from 'pg'
import type { Logger } from 'pino'

import type { Engine } from '../../database/engines/engine.ts'
import type { MirrorTables } from '../../mirror/apply-change.ts'
import { backfill, type BackfillResult } from '../../mirror/backfill/backfill.ts'
import type { ClerkSource } from '../../mirror/backfill/read-clerk.ts'
import { mirroredEvents } from '../../mirror/change-of-event.ts'
import { type IncomingWebhook, receiveWebhook } from '../../mirror/receive-webhook.ts'
import { forgetEvents } from '../../mirror/sql/changes.ts'
import { Refusal } from '../../refusal/refusal.ts'
import type { DatabaseProject, ProjectConfig, WebhookConfig } from '../config/project-config.ts'
import type { KeptSecrets } from '../kept-secrets.ts'
import { apiUrl, urlHost } from './url-host.ts'

export interface OpenMirror {
  /** Refuses `mirror.signature-invalid` and `mirror.event-malformed`. */
  receive(webhook: IncomingWebhook): Promise<string>
  /** Refuses `mirror.backfill-running` and `mirror.clerk-unavailable`. */
  backfill(): Promise<BackfillResult>
  close(): Promise<void>
}

interface MirrorParts {
  readonly config: ProjectConfig
  readonly secrets: KeptSecrets
  readonly engine: Engine
  readonly log: Logger
}

/** Connects lazily; null where the project keeps no mirror. */
export function openMirror({ config, secrets, engine, log }: MirrorParts): OpenMirror | null {
  const { mirror } = config.clerk
  if (!mirror.enabled) return null
  const pool = new Pool({ ...engine.connection('postgres'), max: 2, idleTimeoutMillis: 10_000, allowExitOnIdle: true })
  pool.on('error', (err) => log.warn({ err }, 'mirror connection lost'))
  // Of a connection in use, the query under way tells that it is lost; unheard, the same news would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const tables: MirrorTables = { pool, schema: mirror.schema }
  const closing = new AbortController()
  let running: Promise<BackfillResult> | null = null
  return {
    receive: (webhook) => receiveWebhook(webhook, mirrorSecret(config, secrets), tables),
    async backfill() {
      if (running !== null) throw new Refusal('mirror.backfill-running', {}, { fix: 'Wait until it is done.' })
      running = backfillNow({ ...requireClerkSource(config, secrets), signal: closing.signal }, tables, log)
      try {
        return await running
      } finally {
        running = null
      }
    },
    async close() {
      closing.abort()
      await running?.catch(() => null)
      await pool.end()
    },
  }
}

async function backfillNow(source: ClerkSource, tables: MirrorTables, log: Logger): Promise<BackfillResult> {
  await tables.pool.query(forgetEvents)
  const result = await backfill(source, tables)
  log.info({ ...result }, 'mirror is up to date')
  return result
}

/** The endpoint by which the built-in instance tells the mirror; none where the project keeps none. */
export function mirrorWebhook(config: DatabaseProject, secrets: KeptSecrets): readonly WebhookConfig[] {
  if (!config.clerk.mirror.enabled) return []
  const url = `${apiUrl(config.api)}/platform/v1/webhooks/clerk`
  return [{ name: 'mirror', url, secret: mirrorSecret(config, secrets), events: mirroredEvents, enabled: true }]
}

function mirrorSecret({ clerk }: DatabaseProject, secrets: KeptSecrets): string {
  return clerk.mirror.webhookSecret ?? secrets.clerkMirrorSecret
}

/** The built-in instance, or the real one by the configuration; the built-in one's key goes nowhere else. */
function requireClerkSource({ clerk }: ProjectConfig, secrets: KeptSecrets): Omit<ClerkSource, 'signal'> {
  const { mirror } = clerk
  const isBuiltIn = clerk.enabled && mirror.apiUrl === null
  const builtIn = `http://${urlHost(clerk.host)}:${clerk.port}/backend`
  const url = (mirror.apiUrl ?? (isBuiltIn ? builtIn : 'https://api.clerk.com')).replace(/\/+$/, '')
  const kept = isBuiltIn ? secrets.clerkSecretKeys['default'] : undefined
  const secretKey = mirror.secretKey ?? clerk.instances[0].secretKey ?? kept
  if (secretKey !== undefined) return { apiUrl: url, secretKey }
  const fix = 'Set [clerk.mirror] secret_key to the secret key of your Clerk instance; env(CLERK_SECRET_KEY) works.'
  throw new Refusal('mirror.clerk-unavailable', { url, reason: 'there is no secret key to ask it with' }, { fix })
}
