// The variables `tenon status` prints: an address or a key for each thing that exists, by Supabase's and
// Clerk's own names.

import type { RunningInstance } from '@tenon/clerk'

import { connectionUrl, type Engine } from '../database/engines/engine.ts'
import type { ProjectKeys } from './project-keys.ts'
import type { StatusLines } from './running/run-state.ts'

export interface StackAddresses {
  readonly apiUrl: string
  readonly engine: Engine
  readonly keys: ProjectKeys
  readonly mailboxUrl: string | null
  readonly studioUrl: string | null
  /** Null where there is no S3 protocol. */
  readonly s3: S3Line | null
  /** The default instance first; empty where there is none. */
  readonly clerk: readonly RunningInstance[]
}

interface S3Line {
  readonly region: string
  /** Null where no static pair may be used. */
  readonly pair: { readonly accessKeyId: string; readonly secretAccessKey: string } | null
}

/** In the order in which they are printed. */
export function stackLines({ apiUrl, engine, keys, mailboxUrl, studioUrl, s3, clerk }: StackAddresses): StatusLines {
  const [first, ...others] = clerk
  return {
    API_URL: apiUrl,
    REST_URL: `${apiUrl}/rest/v1`,
    DB_URL: connectionUrl(engine.connection('postgres')),
    ...(studioUrl !== null && { STUDIO_URL: studioUrl }),
    ...(mailboxUrl !== null && { MAILBOX_URL: mailboxUrl }),
    PUBLISHABLE_KEY: keys.publishable,
    SECRET_KEY: keys.secret,
    ANON_KEY: keys.legacy.anon,
    SERVICE_ROLE_KEY: keys.legacy.serviceRole,
    JWT_SECRET: keys.jwtSecret,
    ...(s3 !== null && s3Lines(apiUrl, s3)),
    ...(first !== undefined && clerkLines(first)),
    ...(others.length > 0 && { CLERK_INSTANCES: instancesLine(others) }),
  }
}

/** As upstream's CLI names them. */
function s3Lines(apiUrl: string, { region, pair }: S3Line): StatusLines {
  return {
    STORAGE_S3_URL: `${apiUrl}/storage/v1/s3`,
    ...(pair !== null && {
      S3_PROTOCOL_ACCESS_KEY_ID: pair.accessKeyId,
      S3_PROTOCOL_ACCESS_KEY_SECRET: pair.secretAccessKey,
    }),
    S3_PROTOCOL_REGION: region,
  }
}

/** The variables that point Clerk's SDKs at an instance. */
function clerkLines(instance: RunningInstance): StatusLines {
  return {
    CLERK_PUBLISHABLE_KEY: instance.publishableKey,
    CLERK_SECRET_KEY: instance.secretKey,
    CLERK_API_URL: instance.backendApiUrl,
    CLERK_FRONTEND_API_URL: instance.frontendApiUrl,
    CLERK_JWKS_URL: instance.jwksUrl,
  }
}

/** JSON: the same variables of each further instance, by its name. */
function instancesLine(instances: readonly RunningInstance[]): string {
  return JSON.stringify(Object.fromEntries(instances.map((instance) => [instance.name, clerkLines(instance)])))
}
