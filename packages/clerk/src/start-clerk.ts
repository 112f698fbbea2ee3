// Starts the identity provider: database, instances, seeds, server, in this order; stops it in the other.

import type { FastifyBaseLogger } from 'fastify'

import { defaultRetention } from './outbox/background/prune.ts'
import { startBackground } from './outbox/background/start-background.ts'
import { connectToSupabase } from './directory/instance/connect-to-supabase.ts'
import { requirePrivate } from './exposure.ts'
import { requireProviderSettings } from './federation/provider-settings.ts'
import { buildApp, instancePath } from './http/build-app.ts'
import { ClerkRefusal } from './refusal/clerk-refusal.ts'
import { type ClerkDatabase, openDatabase } from './state/database/database.ts'
import { type Instance, openInstance } from './state/instance/instance.ts'
import type { InstanceSettings } from './state/instance/instance-settings.ts'
import { migrate } from './state/migrations/migrate.ts'
import { applySeed } from './state/seed/apply-seed.ts'
import type { Seed } from './state/seed/parse-seed.ts'
import { configureEndpoints } from './outbox/webhooks/configure-endpoints.ts'
import { type WebhookPolicy, webhookPolicyOf } from './outbox/webhooks/webhook-policy.ts'
import { type Factor, verifyFactor } from './state/sessions/sessions.ts'
import { publicKeyPem } from './tokens/public-jwk.ts'

export interface ClerkOptions {
  /** Connects as role tenon_clerk, the owner of schema `clerk`. */
  readonly databaseUrl: string
  readonly instances: readonly InstanceSettings[]
  /** 127.0.0.1 when not given. */
  readonly host?: string
  /** 54325 when not given; 0 takes a free one. */
  readonly port?: number
  /** Where browsers reach the server, when that is not `http://host:port`. */
  readonly publicUrl?: string
  readonly allowProduction?: boolean
  /** The mailbox that e-mails and text messages are handed to; without it they stay in their table. */
  readonly mailboxUrl?: string
  /** How patient webhook deliveries are; Svix's schedule where not given. */
  readonly webhookPolicy?: Partial<WebhookPolicy>
  /** Milliseconds that events and messages are kept; thirty days when not given. */
  readonly retention?: number
  readonly logger?: FastifyBaseLogger
  /** The clock, in Unix milliseconds. */
  readonly now?: () => number
}

/** What the outside needs to know of one running instance. */
export interface RunningInstance {
  readonly id: string
  readonly name: string
  readonly issuer: string
  readonly publishableKey: string
  readonly secretKey: string
  readonly frontendApiUrl: string
  /** For `CLERK_API_URL` and `createClerkClient({ apiUrl })`. */
  readonly backendApiUrl: string
  readonly jwksUrl: string
  /** The current public key as PEM, for `CLERK_JWT_KEY`. */
  jwtKey(): Promise<string>
  /** Adds what a seed describes; see `parseSeed`. */
  applySeed(seed: Seed): Promise<void>
  /** Empties the instance and applies its configured seed again; keys and settings stay. */
  reset(): Promise<void>
  /** "Connect with Supabase": session tokens carry `role: authenticated` from now on. */
  connectToSupabase(): Promise<void>
  /** Signs with a new key from now on; the old one stays published until `retireSigningKeys`. Hands back the new `kid`. */
  rotateSigningKey(): Promise<string>
  retireSigningKeys(): Promise<void>
  /** Starts the age of a factor in a session's tokens (`fva`) at 0. */
  verifyFactor(sessionId: string, factor: Factor): Promise<void>
}

export interface RunningClerk {
  readonly url: string
  /** The instance of a name. Refuses an unknown one. */
  instance(name?: string): RunningInstance
  /** All of them, in the order they were given. */
  instances(): readonly RunningInstance[]
  /** Finishes what is in flight and closes the database. */
  stop(): Promise<void>
}

/** Starts serving. Refuses a public host or NODE_ENV=production without `allowProduction`, and options that contradict each other. */
export async function startClerk(options: ClerkOptions): Promise<RunningClerk> {
  const host = options.host ?? '127.0.0.1'
  requirePrivate(host, process.env['NODE_ENV'], options.allowProduction ?? false)
  requireInstances(options.instances)
  const webhookPolicy = webhookPolicyOf(options.webhookPolicy ?? {})
  const database = openDatabase(options.databaseUrl, (err) => options.logger?.warn({ err }, 'database connection lost'))
  try {
    let url = options.publicUrl ?? ''
    const instances = await openInstances(database, options, () => url)
    const app = buildApp({ instances, logger: options.logger })
    const address = await app.listen({ host, port: options.port ?? 54_325 })
    url ||= address
    const background = startBackground({
      ...options,
      database,
      instances: [...instances.values()],
      mailboxUrl: options.mailboxUrl ?? null,
      webhookPolicy,
      retention: options.retention ?? defaultRetention,
      now: options.now ?? Date.now,
    })
    return {
      url,
      instance: (name = 'default') => runningInstance(url, instances, name),
      instances: () => [...instances.keys()].map((name) => runningInstance(url, instances, name)),
      stop: async () => {
        await drain(app)
        await background.stop()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Empties every instance and applies its seed again, whether or not a server runs over the database; keys and settings stay. */
export async function resetInstances(options: Pick<ClerkOptions, 'databaseUrl' | 'instances'>): Promise<void> {
  const database = openDatabase(options.databaseUrl, () => undefined)
  try {
    const instances = await openInstances(database, options, () => '')
    for (const instance of instances.values()) await emptyInstance(instance)
  } finally {
    await database.close()
  }
}

async function emptyInstance(instance: Instance): Promise<void> {
  await instance.reset()
  if (instance.configured.seed !== undefined) await applySeed(instance, instance.configured.seed)
}

async function openInstances(
  database: ClerkDatabase,
  options: Pick<ClerkOptions, 'instances' | 'now'>,
  url: () => string,
): Promise<ReadonlyMap<string, Instance>> {
  await migrate(database)
  const opened = await Promise.all(
    options.instances.map(async (configured) => {
      const instance = await openInstance(database, configured, {
        now: options.now ?? Date.now,
        frontendApiUrl: () => `${url()}${instancePath(configured.name)}`,
      })
      if (configured.webhooks !== undefined) await configureEndpoints(instance.store, configured.webhooks)
      if (configured.seed !== undefined) await applySeed(instance, configured.seed)
      return [configured.name, instance] as const
    }),
  )
  return new Map(opened)
}

/** How long a stop waits for requests in flight, and how often it looks for connections they left idle. Milliseconds. */
const DRAIN = 5000
const SWEEP = 50

/** Node closes the connections that are idle at the moment of closing; those that fall idle later are closed here. */
async function drain(app: ReturnType<typeof buildApp>): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP)
  const deadline = setTimeout(() => app.server.closeAllConnections(), DRAIN)
  try {
    await app.close()
  } finally {
    clearInterval(sweep)
    clearTimeout(deadline)
  }
}

function runningInstance(url: string, instances: ReadonlyMap<string, Instance>, name: string): RunningInstance {
  const instance = instances.get(name)
  if (instance === undefined)
    throw new ClerkRefusal('option_invalid', { option: name, expected: 'the name of an instance' })
  const { configured } = instance
  const frontendApiUrl = instance.frontendApiUrl()
  return {
    id: instance.id,
    name,
    issuer: instance.issuer,
    publishableKey: instance.publishableKey,
    secretKey: configured.secretKey,
    frontendApiUrl,
    backendApiUrl: `${url}/backend`,
    jwksUrl: `${frontendApiUrl}/.well-known/jwks.json`,
    jwtKey: async () => publicKeyPem((await instance.snapshot()).keys[0].privateKey),
    applySeed: (seed) => applySeed(instance, seed),
    reset: () => emptyInstance(instance),
    connectToSupabase: async () => void (await connectToSupabase(instance)),
    rotateSigningKey: instance.rotateSigningKey,
    retireSigningKeys: instance.retireSigningKeys,
    verifyFactor: (sessionId, factor) => verifyFactor(instance.store, sessionId, factor),
  }
}

function requireInstances(instances: readonly InstanceSettings[]): void {
  const names = new Set(instances.map(({ name }) => name))
  if (!names.has('default')) throw badOption('instances', 'one instance named default')
  if (names.size < instances.length) throw badOption('instances', 'a name of its own for each instance')
  const keys = new Set(instances.map(({ secretKey }) => secretKey))
  if (keys.size < instances.length) throw badOption('instances', 'a secret key of its own for each instance')
  for (const { name, domain, secretKey, oidcProviders = [] } of instances) {
    requireProviderSettings(oidcProviders, `instances.${name}.oidc`)
    if (!/^[A-Za-z0-9-]+$/.test(name)) throw badOption(`instances.${name}`, 'a name of letters, digits and dashes')
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
      throw badOption(`instances.${name}.domain`, 'a host name with a dot')
    if (!/^sk_(test|live)_\S{8,}$/.test(secretKey)) {
      throw badOption(`instances.${name}.secretKey`, 'sk_test_ or sk_live_ and at least 8 more characters')
    }
  }
}

function badOption(option: string, expected: string): ClerkRefusal {
  return new ClerkRefusal('option_invalid', { option, expected })
}
