// The Backend API as routes: every endpoint under its prefix, behind the secret key.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { requesterOf } from '../http/requester-of.ts'
import { sendJson } from '../http/send-json.ts'
import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Instance } from '../state/instance/instance.ts'
import { onBehalfOf } from '../state/database/store.ts'
import { queryOf } from '../parameters/query.ts'
import { authenticator } from './authenticate.ts'
import type { Endpoint } from './backend-request.ts'
import { clientEndpoints } from './endpoints/clients.ts'
import { domainEndpoints } from './endpoints/domains.ts'
import { forgedTokenEndpoints } from './endpoints/forged-tokens.ts'
import { handshakeEndpoints } from './endpoints/handshakes.ts'
import { identifierEndpoints } from './endpoints/identifiers.ts'
import { instanceEndpoints } from './endpoints/instance.ts'
import { instanceFeatureEndpoints } from './endpoints/instance-features.ts'
import { invitationEndpoints } from './endpoints/invitations.ts'
import { jwtTemplateEndpoints } from './endpoints/jwt-templates.ts'
import { listedIdentifierEndpoints } from './endpoints/listed-identifiers.ts'
import { membershipEndpoints } from './endpoints/memberships.ts'
import { organizationDomainEndpoints } from './endpoints/organization-domains.ts'
import { oauthApplicationEndpoints } from './endpoints/oauth-applications.ts'
import { organizationInvitationEndpoints } from './endpoints/organization-invitations.ts'
import { organizationPermissionEndpoints } from './endpoints/organization-permissions.ts'
import { organizationRoleEndpoints } from './endpoints/organization-roles.ts'
import { organizationSettingsEndpoints } from './endpoints/organization-settings.ts'
import { organizationEndpoints } from './endpoints/organizations.ts'
import { redirectUrlEndpoints } from './endpoints/redirect-urls.ts'
import { refreshSessionEndpoints } from './endpoints/refresh-session.ts'
import { replaceIdentifierEndpoints } from './endpoints/replace-identifiers.ts'
import { roleSetEndpoints } from './endpoints/role-sets.ts'
import { sessionEndpoints } from './endpoints/sessions.ts'
import { signUpEndpoints } from './endpoints/sign-ups.ts'
import { ticketEndpoints } from './endpoints/tickets.ts'
import { userActionEndpoints } from './endpoints/user-actions.ts'
import { sessionTokenEndpoints } from './endpoints/session-token.ts'
import { signingKeyEndpoints } from './endpoints/signing-keys.ts'
import { tokenPreviewEndpoints } from './endpoints/token-previews.ts'
import { userConnectionEndpoints } from './endpoints/user-connections.ts'
import { userSettingsEndpoints } from './endpoints/user-settings.ts'
import { userEndpoints } from './endpoints/users.ts'
import { waitlistEndpoints } from './endpoints/waitlist-entries.ts'
import { webhookEndpoints } from './endpoints/webhooks.ts'
import { notEnabledFeature } from './not-enabled.ts'

/** Every endpoint, as it is mounted. */
export const backendEndpoints: readonly Endpoint[] = [
  ...userEndpoints,
  ...identifierEndpoints,
  ...replaceIdentifierEndpoints,
  ...organizationEndpoints,
  ...membershipEndpoints,
  ...organizationDomainEndpoints,
  ...organizationInvitationEndpoints,
  ...organizationRoleEndpoints,
  ...organizationSettingsEndpoints,
  ...roleSetEndpoints,
  ...organizationPermissionEndpoints,
  ...sessionEndpoints,
  ...handshakeEndpoints,
  ...jwtTemplateEndpoints,
  ...instanceEndpoints,
  ...userSettingsEndpoints,
  ...sessionTokenEndpoints,
  ...tokenPreviewEndpoints,
  ...forgedTokenEndpoints,
  ...signingKeyEndpoints,
  ...ticketEndpoints,
  ...signUpEndpoints,
  ...userConnectionEndpoints,
  ...oauthApplicationEndpoints,
  ...refreshSessionEndpoints,
  ...instanceFeatureEndpoints,
  ...domainEndpoints,
  ...clientEndpoints,
  ...userActionEndpoints,
  ...waitlistEndpoints,
  ...redirectUrlEndpoints,
  ...listedIdentifierEndpoints,
  ...invitationEndpoints,
  ...webhookEndpoints,
]

/** Mounts the Backend API under `prefix`. What it has no endpoint for is refused by name, once the key is known to be good. */
export function mountBackendApi(app: FastifyInstance, prefix: string, instances: ReadonlyMap<string, Instance>): void {
  const authenticate = authenticator(instances.values())
  for (const { method, path, answer, unversioned } of backendEndpoints) {
    const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const instance = authenticate(request.headers.authorization)
      const value = await answer({
        instance,
        store: onBehalfOf(instance.store, requesterOf(request)),
        path: request.params as Readonly<Record<string, string>>,
        query: queryOf(request.url),
        body: request.body,
        origin: request.headers.origin ?? null,
      })
      return value === undefined ? reply.code(204).send() : sendJson(reply, 200, value)
    }
    app.route({ method, url: `${prefix}/v1${path}`, handler })
    if (unversioned === true) app.route({ method, url: `${prefix}${path}`, handler })
  }
  app.all(`${prefix}/*`, (request) => {
    authenticate(request.headers.authorization)
    const [path = request.url] = request.url.split('?')
    const feature = notEnabledFeature(path.slice(prefix.length).replace(/^\/v1(?=\/)/, ''))
    if (feature !== null) throw new ClerkRefusal('feature_not_enabled', { feature })
    throw new ClerkRefusal('endpoint_not_built', { method: request.method, path })
  })
}
