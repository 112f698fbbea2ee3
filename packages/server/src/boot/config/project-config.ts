// The configuration of one project as the rest of the server uses it: plain data with every default
// filled in. Reading it from `supabase/config.toml` is `read-project-config.ts`.

import type { RealtimeConfig } from '../../realtime/config.ts'
import type { StorageConfig } from '../../storage/config.ts'

export interface ProjectConfig {
  readonly kind: 'project-config'
  readonly projectId: string
  /** Folder that holds `supabase/`; absolute. */
  readonly projectDir: string
  /** `supabase/` itself; may not exist. */
  readonly supabaseDir: string
  /** `.tenon/`: everything the server writes. Deleting it is a full reset. */
  readonly stateDir: string
  /** NODE_ENV says production. */
  readonly production: boolean
  readonly api: ApiConfig
  readonly db: DatabaseConfig
  readonly auth: AuthConfig
  readonly clerk: ClerkConfig
  readonly mailbox: MailboxConfig
  readonly studio: StudioConfig
  readonly realtime: RealtimeConfig
  readonly storage: StorageConfig
  /** Sentences for whoever runs the command, each once. */
  readonly warnings: readonly string[]
}

/** What a command on the project's database knows of it: nothing that a door is opened with. */
export interface DatabaseProject extends Omit<ProjectConfig, 'auth' | 'studio' | 'storage'> {
  readonly auth: Pick<AuthConfig, 'jwtSecret' | 'jwtExpiry'>
  readonly storage: Omit<StorageConfig, 's3Protocol'>
}

export interface ApiConfig {
  readonly host: string
  readonly port: number
  readonly schemas: readonly string[]
  readonly extraSearchPath: readonly string[]
  /** Rows a read returns at most; null for no limit. */
  readonly maxRows: number | null
  readonly autoExposeNewTables: boolean
  readonly aggregatesEnabled: boolean
  readonly requireApiKey: boolean
  /** A secret key with a browser's User-Agent is turned away. */
  readonly refuseSecretKeysInBrowsers: boolean
  readonly allowDevelopmentKeys: boolean
  /** Explain refusals to the caller: which policy, which grant. */
  readonly explain: boolean
  readonly corsOrigins: readonly string[]
  readonly tls: { readonly certificate: string; readonly key: string } | null
  readonly limits: LimitsConfig
}

/** Bounds on one request. The first four in bytes. */
export interface LimitsConfig {
  readonly body: number
  readonly header: number
  readonly url: number
  /** A REST query sent as the body. */
  readonly queryBody: number
  /** Arrays and objects within each other in a JSON body. */
  readonly jsonDepth: number
  /** Embeds within embeds. */
  readonly embedDepth: number
  /** `and` and `or` within each other. */
  readonly logicDepth: number
  readonly filters: number
}

export interface DatabaseConfig {
  /** A Postgres of the user's own; null starts the embedded one. */
  readonly url: string | null
  readonly port: number
  readonly majorVersion: number
  readonly poolSize: number
  readonly migrationsEnabled: boolean
  readonly seedEnabled: boolean
  /** Globs below `supabase/`. */
  readonly seedPaths: readonly string[]
}

export interface AuthConfig {
  readonly jwtSecret: string
  /** Seconds. */
  readonly jwtExpiry: number
  readonly signingKeysPath: string | null
  /** Null where the well-known local value serves. */
  readonly publishableKey: string | null
  readonly secretKey: string | null
  readonly anonKey: string | null
  readonly serviceRoleKey: string | null
  /** `[auth.third_party]` as parsed; the identity stage knows its rules. */
  readonly thirdParty: Readonly<Record<string, unknown>>
}

/** Where e-mails and text messages of development end. */
export interface MailboxConfig {
  readonly enabled: boolean
  readonly host: string
  readonly port: number
  readonly allowProduction: boolean
}

/** Who may open the dashboard, and where. */
export interface StudioConfig {
  readonly enabled: boolean
  readonly host: string
  readonly port: number
  /** Null where only a link signs in. */
  readonly password: string | null
  /** Names under which it is reached besides this machine's, such as a proxy's. */
  readonly hosts: readonly string[]
  readonly allowProduction: boolean
}

export interface ClerkConfig {
  readonly enabled: boolean
  readonly host: string
  readonly port: number
  readonly allowProduction: boolean
  readonly webhooks: readonly WebhookConfig[]
  readonly delivery: DeliveryConfig
  readonly mirror: MirrorConfig
  /** The default one first. */
  readonly instances: readonly [ClerkInstanceConfig, ...ClerkInstanceConfig[]]
}

/** One instance of the built-in identity provider: `[clerk.instances.<name>]`, the default one with `[clerk]`'s own keys. */
export interface ClerkInstanceConfig {
  readonly name: string
  readonly domain: string
  /** Null where one is made and kept in the state folder. */
  readonly secretKey: string | null
  readonly environment: 'development' | 'production'
  /** A name the identity provider knows; null for none. */
  readonly profile: string | null
  /** People and organisations to begin with; relative to `supabase/`, null for none. */
  readonly seedPath: string | null
  /** Its tokens carry a role, and the API trusts them. */
  readonly connected: boolean
  /** The other keys as they stand; the identity provider knows their rules. */
  readonly settings: Readonly<Record<string, unknown>>
}

/** Tables that follow Clerk's people and organisations. */
export interface MirrorConfig {
  readonly enabled: boolean
  /** Where the tables are made. */
  readonly schema: string
  /** Of the webhook endpoint; null where one is made and kept for the built-in instance. */
  readonly webhookSecret: string | null
  /** The Backend API that a backfill reads, and its key; null where the built-in instance's serve. */
  readonly apiUrl: string | null
  readonly secretKey: string | null
}

/** An endpoint that the built-in instance tells of events. */
export interface WebhookConfig {
  readonly name: string
  readonly url: string
  /** Null where one is made and kept. */
  readonly secret: string | null
  /** Clerk's event names; empty for all. */
  readonly events: readonly string[]
  readonly enabled: boolean
}

/** How webhooks are delivered and how long what was recorded is kept; null where the default serves. In milliseconds. */
export interface DeliveryConfig {
  readonly retryDelays: readonly number[] | null
  readonly patience: number | null
  readonly lease: number | null
  readonly retention: number
}
