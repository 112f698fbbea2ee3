// The keys a project hands to its clients: those of the configuration, else the well-known local ones.

import { type LegacyKeys, mintLegacyKeys } from '../identity/api-keys/legacy-keys.ts'
import { defaultOpaqueKeys } from '../identity/api-keys/opaque-keys.ts'
import type { AuthConfig } from './config/project-config.ts'

export interface ProjectKeys {
  readonly jwtSecret: string
  readonly publishable: string
  readonly secret: string
  readonly legacy: LegacyKeys
}

/** Fills in what the configuration leaves open. */
export function projectKeys(auth: AuthConfig): ProjectKeys {
  const minted = mintLegacyKeys(auth.jwtSecret)
  return {
    jwtSecret: auth.jwtSecret,
    publishable: auth.publishableKey ?? defaultOpaqueKeys.publishable,
    secret: auth.secretKey ?? defaultOpaqueKeys.secret,
    legacy: { anon: auth.anonKey ?? minted.anon, serviceRole: auth.serviceRoleKey ?? minted.serviceRole },
  }
}
