// The JWT template `supabase`: how tokens reached Supabase before it trusted Clerk's own, still in wide use.

import { supabaseTemplateClaims } from '../../tokens/template-claims.ts'
import { newId } from '../database/ids.ts'
import { insertJwtTemplate } from './jwt-templates.ts'
import type { Store } from '../database/store.ts'

/**
 * Makes the template, or brings its key up to the project's secret; its claims are the owner's, and so is a template of
 * that name with a key of another kind. Tells whether it was made.
 */
export async function ensureSupabaseTemplate(store: Store, secret: string): Promise<boolean> {
  const [kept] = await store.db.query(
    `update clerk.jwt_templates set signing_key = $2
     where instance_id = $1 and name = 'supabase' and custom_signing_key and signing_algorithm = 'HS256' returning id`,
    [store.instanceId, secret],
  )
  const [named] = await store.db.query(
    `select 1 from clerk.jwt_templates where instance_id = $1 and name = 'supabase'`,
    [store.instanceId],
  )
  if (kept !== undefined || named !== undefined) return false
  await insertJwtTemplate(store, newId('jtmp'), {
    name: 'supabase',
    claims: supabaseTemplateClaims,
    lifetime: 60,
    allowed_clock_skew: 5,
    custom_signing_key: true,
    signing_algorithm: 'HS256',
    signing_key: secret,
  })
  return true
}
