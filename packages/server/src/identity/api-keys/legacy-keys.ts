// The first generation of API keys: JWTs of the roles anon and service_role, signed with the project's secret.

import { createHmac } from 'node:crypto'

/** The secret every local Supabase project starts with, so that existing `.env.local` files go on working. Never for production. */
export const defaultJwtSecret = 'super-secret-jwt-token-with-at-least-32-characters-long'

const expiry = 1_983_812_996

export interface LegacyKeys {
  readonly anon: string
  readonly serviceRole: string
}

/** Mints both keys, byte for byte as the Supabase CLI does from the same secret (issuer `supabase-demo`, expiring 2032). */
export function mintLegacyKeys(secret: string): LegacyKeys {
  return { anon: mint('anon', secret), serviceRole: mint('service_role', secret) }
}

function mint(role: string, secret: string): string {
  const header = encode({ alg: 'HS256', typ: 'JWT' })
  const payload = encode({ iss: 'supabase-demo', role, exp: expiry })
  const signature = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')
  return `${header}.${payload}.${signature}`
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
