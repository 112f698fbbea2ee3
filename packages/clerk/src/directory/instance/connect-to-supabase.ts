// "Connect with Supabase": what makes an instance's tokens say to Postgres what Supabase's policies read.

import type { Instance } from '../../state/instance/instance.ts'
import { sessionTokenShape } from '../../state/instance/instance-settings.ts'
import { ensureSupabaseTemplate } from '../../state/instance/supabase-template.ts'
import type { SessionTokenShape } from '../../tokens/session-claims.ts'

/** A part of the instance that connecting changed. */
export type ConnectionChange =
  | 'session_token.role'
  | 'session_token.legacy_organization_claims'
  | 'jwt_templates.supabase'

/**
 * Session tokens carry `role: authenticated` from now on, unless a custom claim of the owner's says otherwise, and the
 * version-1 organization claims; where the project's secret is known, the template `supabase` is made.
 */
export async function connectToSupabase(instance: Instance): Promise<readonly ConnectionChange[]> {
  const before = await shapeOf(instance)
  await instance.changeSettings({ connectedToSupabase: true })
  const after = await shapeOf(instance)
  const secret = instance.configured.supabaseJwtSecret
  const made =
    secret !== undefined && (await instance.store.atomically((store) => ensureSupabaseTemplate(store, secret)))
  return [
    ...(before.customClaims['role'] === after.customClaims['role'] ? [] : ['session_token.role' as const]),
    ...(before.legacyOrganizationClaims === after.legacyOrganizationClaims
      ? []
      : ['session_token.legacy_organization_claims' as const]),
    ...(made ? ['jwt_templates.supabase' as const] : []),
  ]
}

async function shapeOf(instance: Instance): Promise<SessionTokenShape> {
  return sessionTokenShape((await instance.snapshot()).settings)
}
