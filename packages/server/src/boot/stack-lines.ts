// The variables `tenon status` prints: an address or a key for each thing that exists, by Supabase's and
// Clerk's own names.

import type { RunningInstance } from '@tenon/clerk'

import { connectionUrl, type Engine } from '../database/engines/engine.ts'
import type { ProjectKeys } from './project-keys.ts'
import type { StatusLines } from './running/run-state.ts'

interface StackAddresses {
  readonly apiUrl: string
  readonly engine: Engine
  readonly keys: ProjectKeys
  readonly mailboxUrl: string | null
  readonly clerk: RunningInstance | null
}

/** In the order in which they are printed. */
export function stackLines({ apiUrl, engine, keys, mailboxUrl, clerk }: StackAddresses): StatusLines {
  return {
    API_URL: apiUrl,
    REST_URL: `${apiUrl}/rest/v1`,
    DB_URL: connectionUrl(engine.connection('postgres')),
    ...(mailboxUrl !== null && { MAILBOX_URL: mailboxUrl }),
    PUBLISHABLE_KEY: keys.publishable,
    SECRET_KEY: keys.secret,
    ANON_KEY: keys.legacy.anon,
    SERVICE_ROLE_KEY: keys.legacy.serviceRole,
    JWT_SECRET: keys.jwtSecret,
    ...(clerk !== null && {
      CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
      CLERK_SECRET_KEY: clerk.secretKey,
      CLERK_API_URL: clerk.backendApiUrl,
      CLERK_FRONTEND_API_URL: clerk.frontendApiUrl,
      CLERK_JWKS_URL: clerk.jwksUrl,
    }),
  }
}
