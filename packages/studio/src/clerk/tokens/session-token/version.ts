// The form of session tokens: version 2, version 1, or version 2 with the claims of version 1 beside.

import type { Option } from '../../../ui/form/select.tsx'
import type { Claims } from '../claims/parse-claims.ts'

export type VersionChoice = 'v2' | 'v1' | 'both'

export interface SessionTokenSettings {
  readonly version: 'v1' | 'v2'
  readonly legacy_organization_claims: boolean
  readonly connected_to_supabase: boolean
  readonly claims: Claims
  readonly reserved_claims: readonly string[]
  readonly claims_max_bytes: number
}

export const versionOptions: readonly Option<VersionChoice>[] = [
  { value: 'v2', label: 'Version 2', hint: 'o.id, o.rol: as Clerk makes them now' },
  { value: 'v1', label: 'Version 1', hint: 'org_id, org_role' },
  { value: 'both', label: 'Both', hint: 'version 2, with org_id and org_role beside' },
]

/** The choice that settings stand for. */
export function versionOf(
  settings: Pick<SessionTokenSettings, 'version' | 'legacy_organization_claims'>,
): VersionChoice {
  if (settings.version === 'v1') return 'v1'
  return settings.legacy_organization_claims ? 'both' : 'v2'
}

/** The settings that a choice stands for. */
export function versionSettings(choice: VersionChoice): object {
  if (choice === 'v1') return { version: 'v1' }
  return { version: 'v2', legacy_organization_claims: choice === 'both' }
}
