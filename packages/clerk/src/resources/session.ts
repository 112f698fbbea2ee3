// Sessions and JWT templates, as the Backend API prints them.

import type { JwtTemplate } from '../state/instance/jwt-templates.ts'
import type { Session } from '../state/sessions/sessions.ts'

/** The session without its user. */
export function sessionResource(session: Session): object {
  return {
    object: 'session',
    id: session.id,
    client_id: session.clientId,
    user_id: session.userId,
    status: session.status,
    actor: session.actor,
    last_active_organization_id: session.activeOrganizationId,
    last_active_at: session.lastActiveAt,
    expire_at: session.expireAt,
    abandon_at: session.abandonAt,
    tasks: null,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  }
}

/** Says whether a template has a key of its own; never the key. */
export function jwtTemplateResource(template: JwtTemplate): object {
  return {
    object: 'jwt_template',
    id: template.id,
    name: template.name,
    claims: template.claims,
    lifetime: template.lifetime,
    allowed_clock_skew: template.allowedClockSkew,
    custom_signing_key: template.customSigningKey,
    signing_algorithm: template.signingAlgorithm,
    created_at: template.createdAt,
    updated_at: template.updatedAt,
  }
}
