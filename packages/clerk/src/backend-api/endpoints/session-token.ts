// Endpoints of our own, for what Clerk has in its dashboard alone: "Customize session token" and "Connect with
// Supabase".

import { connectToSupabase } from '../../directory/instance/connect-to-supabase.ts'
import { optionalFlag, optionalObject, optionalText, requireBody } from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Instance } from '../../state/instance/instance.ts'
import {
  type ChangeableSettings,
  sessionClaimsMostBytes,
  sessionTokenShape,
  tokenVersions,
} from '../../state/instance/instance-settings.ts'
import { sessionTokenDefaults } from '../../tokens/session-claims.ts'
import type { BackendRequest, Endpoint } from '../backend-request.ts'

export const sessionTokenEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/instance/session_token', answer: ({ instance }) => sessionTokenAnswer(instance) },
  { method: 'PATCH', path: '/instance/session_token', answer: changeSessionToken },
  { method: 'POST', path: '/instance/connect_supabase', answer: connect },
  { method: 'DELETE', path: '/instance/connect_supabase', answer: disconnect },
]

async function sessionTokenAnswer(instance: Instance): Promise<object> {
  const { settings } = await instance.snapshot()
  return {
    object: 'session_token_settings',
    version: settings.tokenVersion,
    legacy_organization_claims: settings.legacyOrganizationClaims,
    connected_to_supabase: settings.connectedToSupabase,
    claims: settings.sessionClaims,
    reserved_claims: [...sessionTokenDefaults],
    claims_max_bytes: sessionClaimsMostBytes,
  }
}

/** `claims` replaces the custom claims whole. Refuses reserved ones and more than a cookie can hold. */
async function changeSessionToken({ instance, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['claims', 'version', 'legacy_organization_claims'])
  const claims = optionalObject(read, 'claims')
  const version = optionalText(read, 'version')
  const legacy = optionalFlag(read, 'legacy_organization_claims')
  await instance.changeSettings({
    ...(claims !== undefined && { sessionClaims: claims ?? {} }),
    ...(version !== undefined && { tokenVersion: requireVersion(version) }),
    ...(legacy !== undefined && { legacyOrganizationClaims: legacy }),
  })
  return sessionTokenAnswer(instance)
}

/** A version of session tokens. Refuses any other text. */
export function requireVersion(value: string | null): ChangeableSettings['tokenVersion'] {
  const version = tokenVersions.find((candidate) => candidate === value)
  if (version !== undefined) return version
  throw new ClerkRefusal('form_param_value_invalid', {
    param: 'version',
    value: String(value),
    allowed: tokenVersions,
  })
}

async function connect({ instance, body }: BackendRequest): Promise<object> {
  requireBody(body, [])
  return connectionAnswer(instance, await connectToSupabase(instance))
}

/** The role goes from the tokens; the template stays, since it may have been changed. */
async function disconnect({ instance }: BackendRequest): Promise<object> {
  await instance.changeSettings({ connectedToSupabase: false })
  return connectionAnswer(instance, [])
}

/** What Supabase has to be told of this instance, and what its tokens carry now. */
async function connectionAnswer(instance: Instance, changed: readonly string[]): Promise<object> {
  const { settings } = await instance.snapshot()
  const { customClaims, legacyOrganizationClaims } = sessionTokenShape(settings)
  return {
    object: 'supabase_connection',
    connected: settings.connectedToSupabase,
    changed,
    domain: instance.configured.domain,
    issuer: instance.issuer,
    jwks_url: `${instance.frontendApiUrl()}/.well-known/jwks.json`,
    session_token: { claims: customClaims, legacy_organization_claims: legacyOrganizationClaims },
  }
}
