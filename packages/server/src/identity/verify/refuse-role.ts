// The refusal of a role a token may not have, with the fix that is safe to give: nobody is told to hand out a
// role that stands above the policies.

import { Refusal } from '../../refusal/refusal.ts'
import { issuerLabel, type Issuer } from '../issuers/issuer.ts'
import { isReservedRole } from './reserved-roles.ts'

/** `roleIsDefault`: the token names none and this one stands in; `issuer`: null where the project itself signed. */
export function roleNotAllowed(role: string, roleIsDefault: boolean, issuer: Issuer | null): Refusal {
  const allowed = issuer?.allowedRoles ?? []
  const detail = { role, roleIsDefault, issuer: issuer === null ? null : issuerLabel(issuer), allowed }
  return new Refusal('token.role-not-allowed', detail, { fix: fixFor(role, roleIsDefault, issuer) })
}

function fixFor(role: string, roleIsDefault: boolean, issuer: Issuer | null): string {
  if (issuer !== null && roleIsDefault) return fixForMissing(issuer)
  if (issuer === null || isReservedRole(role) || role.toLowerCase() === 'none') {
    return `${JSON.stringify(role)} is a role of the platform and not for tokens: name "authenticated" or a role of your own in the role claim.`
  }
  if (role === 'service_role') {
    return '"service_role" bypasses Row Level Security and is for the project’s own secret key: name "authenticated" or a role of your own in the role claim.'
  }
  return fixForUnlisted(role, issuer)
}

function fixForMissing({ name, allowedRoles }: Issuer): string {
  const plain = allowedRoles.filter((role) => role !== 'service_role' && !isReservedRole(role))
  const wanted = plain.includes('authenticated') ? 'authenticated' : plain[0]
  if (wanted === undefined) return `The token has no role claim. Set allowed_roles under [auth.third_party.${name}].`
  const quoted = JSON.stringify(wanted)
  return `The token has no role claim. In Clerk, add { "role": ${quoted} } under Sessions → Customize session token; or set default_role = ${quoted} under [auth.third_party.${name}] in supabase/config.toml.`
}

function fixForUnlisted(role: string, { name, allowedRoles }: Issuer): string {
  const list = [...allowedRoles, role].map((allowed) => JSON.stringify(allowed)).join(', ')
  const isBuiltIn = role === 'anon' || role === 'authenticated'
  const grant = isBuiltIn
    ? ''
    : ` and, provided that it has no login, superuser or bypassrls, run: grant "${role.replaceAll('"', '""')}" to authenticator;`
  return `If tokens of this issuer may take the role, set allowed_roles = [${list}] under [auth.third_party.${name}] in supabase/config.toml${grant}`
}
