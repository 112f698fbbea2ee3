// Which test shows which endpoints of the Clerk-compatible instance, and what some of them lack. Of several prefixes
// that fit the longest counts.

export interface Proven {
  /** A path, or what paths begin with; `:x` stands for one part. */
  readonly under: string
  readonly proof: string
}

const door = 'packages/clerk/src/frontend-api'
const me = `${door}/endpoints/me`
const organizations = `${door}/endpoints/organizations`
const backend = 'conformance/clerk-backend'

const frontend: readonly Proven[] = [
  { under: '/', proof: `${door}/frontend-api.db.test.ts` },
  { under: '/v1/client/sessions', proof: `${door}/sign-in/sign-in.db.test.ts` },
  { under: '/v1/client/sessions/:session_id/verify', proof: `${door}/endpoints/session-verification.db.test.ts` },
  { under: '/v1/client/sign_ins', proof: `${door}/sign-in/sign-in.db.test.ts` },
  { under: '/v1/client/sign_ins/:sign_in_id/prepare_second', proof: `${door}/sign-in/second-factors.db.test.ts` },
  { under: '/v1/client/sign_ins/:sign_in_id/attempt_second', proof: `${door}/sign-in/second-factors.db.test.ts` },
  { under: '/v1/client/sign_ups', proof: `${door}/sign-up/sign-up.db.test.ts` },
  { under: '/v1/verify', proof: `${door}/sign-in/email-link.db.test.ts` },
  { under: '/v1/tickets', proof: `${door}/sign-in/tickets.db.test.ts` },
  { under: '/v1/waitlist', proof: `${door}/sign-in/access.db.test.ts` },
  { under: '/v1/oauth_callback', proof: `${door}/callback/sign-in-with-provider.db.test.ts` },
  { under: '/fake-provider', proof: `${door}/callback/sign-in-with-provider.db.test.ts` },
  { under: '/v1/me', proof: `${me}/profile.db.test.ts` },
  { under: '/v1/me/oauth', proof: `${backend}/oauth-server.test.ts` },
  { under: '/v1/me/change_password', proof: `${me}/password.db.test.ts` },
  { under: '/v1/me/remove_password', proof: `${me}/password.db.test.ts` },
  { under: '/v1/me/profile_image', proof: `${me}/profile-image.db.test.ts` },
  { under: '/v1/me/email_addresses', proof: `${me}/email-addresses.db.test.ts` },
  { under: '/v1/me/phone_numbers', proof: `${me}/phone-numbers.db.test.ts` },
  { under: '/v1/me/totp', proof: `${me}/second-factors.db.test.ts` },
  { under: '/v1/me/backup_codes', proof: `${me}/second-factors.db.test.ts` },
  { under: '/v1/me/passkeys', proof: `${me}/passkeys.db.test.ts` },
  { under: '/v1/me/external_accounts', proof: `${me}/external-accounts.db.test.ts` },
  { under: '/v1/me/sessions', proof: `${me}/sessions.db.test.ts` },
  { under: '/v1/me/organization_', proof: `${organizations}/own-organizations.db.test.ts` },
  { under: '/v1/organizations', proof: `${organizations}/organizations.db.test.ts` },
  { under: '/v1/organizations/:organization_id/invitations', proof: `${organizations}/permitted.db.test.ts` },
  { under: '/v1/organizations/:organization_id/domains', proof: `${organizations}/domains.db.test.ts` },
  { under: '/v1/organizations/:organization_id/membership_requests', proof: `${organizations}/domains.db.test.ts` },
]

const server: readonly Proven[] = [
  { under: '/users', proof: `${backend}/users.test.ts` },
  { under: '/users/:user_id/totp', proof: 'packages/clerk/src/directory/people/directory.db.test.ts' },
  { under: '/users/:user_id/mfa', proof: `${backend}/identifiers.test.ts` },
  { under: '/users/:user_id/email_address', proof: `${backend}/identifiers.test.ts` },
  { under: '/users/:user_id/phone_number', proof: `${backend}/identifiers.test.ts` },
  { under: '/users/:user_id/organization_memberships', proof: `${backend}/organizations.test.ts` },
  { under: '/email_addresses', proof: `${backend}/identifiers.test.ts` },
  { under: '/phone_numbers', proof: `${backend}/identifiers.test.ts` },
  { under: '/organizations', proof: `${backend}/organizations.test.ts` },
  { under: '/organization_memberships', proof: 'packages/clerk/src/start-clerk.db.test.ts' },
  { under: '/sessions', proof: `${backend}/session-tokens.test.ts` },
  { under: '/jwt_templates', proof: `${backend}/jwt-templates.test.ts` },
  { under: '/jwks', proof: `${backend}/tickets-and-instance.test.ts` },
  { under: '/testing_tokens', proof: `${backend}/tickets-and-instance.test.ts` },
  { under: '/clients', proof: `${backend}/sessions.test.ts` },
  { under: '/clients/handshake_payload', proof: 'conformance/clerk-sdks/express.test.ts' },
  { under: '/sessions/:session_id/refresh', proof: `${backend}/sessions.test.ts` },
  { under: '/sign_ups', proof: `${backend}/sessions.test.ts` },
  { under: '/users/ban', proof: `${backend}/user-actions.test.ts` },
  { under: '/users/unban', proof: `${backend}/user-actions.test.ts` },
  { under: '/users/:user_id/profile_image', proof: `${backend}/user-actions.test.ts` },
  { under: '/users/:user_id/verify_totp', proof: `${backend}/user-actions.test.ts` },
  { under: '/users/:user_id/backup_code', proof: `${backend}/user-actions.test.ts` },
  { under: '/users/:user_id/password', proof: `${backend}/user-actions.test.ts` },
  { under: '/users/:user_id/passkeys', proof: `${backend}/user-connections.test.ts` },
  { under: '/users/:user_id/external_accounts', proof: `${backend}/user-connections.test.ts` },
  { under: '/users/:user_id/oauth_access_tokens', proof: `${backend}/user-connections.test.ts` },
  { under: '/users/:user_id/organization_invitations', proof: `${backend}/organization-invitations.test.ts` },
  { under: '/organization_invitations', proof: `${backend}/organization-invitations.test.ts` },
  { under: '/organizations/:organization_id/invitations', proof: `${backend}/organization-invitations.test.ts` },
  { under: '/organizations/:organization_id/domains', proof: `${backend}/organization-domains.test.ts` },
  { under: '/organizations/:organization_id/logo', proof: `${backend}/organization-domains.test.ts` },
  { under: '/organization_domains', proof: `${backend}/organization-domains.test.ts` },
  { under: '/organization_roles', proof: `${backend}/organization-roles.test.ts` },
  { under: '/organization_permissions', proof: `${backend}/organization-roles.test.ts` },
  { under: '/role_sets', proof: `${backend}/organization-roles.test.ts` },
  { under: '/instance', proof: `${backend}/instance.test.ts` },
  { under: '/beta_features', proof: `${backend}/instance.test.ts` },
  { under: '/domains', proof: `${backend}/instance.test.ts` },
  {
    under: '/instance/session_token',
    proof: 'packages/clerk/src/backend-api/endpoints/session-token.db.test.ts',
  },
  {
    under: '/instance/user_settings',
    proof: 'packages/clerk/src/backend-api/endpoints/user-settings.db.test.ts',
  },
  {
    under: '/instance/session_token/preview',
    proof: 'packages/clerk/src/backend-api/endpoints/token-previews.db.test.ts',
  },
  {
    under: '/jwt_templates/preview',
    proof: 'packages/clerk/src/backend-api/endpoints/token-previews.db.test.ts',
  },
  {
    under: '/instance/forged_tokens',
    proof: 'packages/clerk/src/backend-api/endpoints/forged-tokens.db.test.ts',
  },
  {
    under: '/instance/connect_supabase',
    proof: 'packages/clerk/src/backend-api/endpoints/session-token.db.test.ts',
  },
  {
    under: '/instance/signing_keys',
    proof: 'packages/clerk/src/backend-api/endpoints/signing-keys.db.test.ts',
  },
  { under: '/actor_tokens', proof: 'packages/clerk/src/proof/tickets/tickets.db.test.ts' },
  { under: '/sign_in_tokens', proof: 'packages/clerk/src/proof/tickets/tickets.db.test.ts' },
  { under: '/oauth_applications', proof: `${backend}/oauth-applications.test.ts` },
  { under: '/waitlist_entries', proof: `${backend}/invitations.test.ts` },
  { under: '/invitations', proof: `${backend}/invitations.test.ts` },
  { under: '/redirect_urls', proof: `${backend}/access-lists.test.ts` },
  { under: '/allowlist_identifiers', proof: `${backend}/access-lists.test.ts` },
  { under: '/blocklist_identifiers', proof: `${backend}/access-lists.test.ts` },
  { under: '/webhook', proof: 'packages/clerk/src/outbox/webhooks/deliver-webhooks.db.test.ts' },
]

export const clerkProofs = { frontend, backend: server }

/** What an endpoint that works in part lacks, by path. */
export const clerkGaps: Readonly<Record<string, string>> = {
  '/v1/me/organization_creation_defaults': 'name and slug from the e-mail address; no advisory',
  '/v1/organizations/:organization_id/domains': 'no bulk creation, no proof by TXT record, no enterprise SSO',
  '/sign_ups/:id': 'GET; PATCH answers `feature_not_enabled`',
  '/domains': 'kept, not served',
  '/domains/:domain_id': 'kept, not served; the primary domain cannot be changed',
  '/instance/communication': 'kept; every country’s numbers are sent to',
  '/role_sets': 'one set for each instance',
  '/role_sets/:role_set_id': 'one set for each instance',
  '/role_sets/:role_set_id/roles': 'one set for each instance',
  '/webhooks/svix': 'answers with this server’s own endpoints; there is no Svix dashboard',
  '/webhooks/svix_url': 'answers with this server’s own endpoints; there is no Svix dashboard',
}
