// The Frontend API as routes: the endpoints of browsers, and what anybody may read (discovery, pictures, scripts).

import type { FastifyInstance, FastifyReply } from 'fastify'

import { mountOAuthServer } from '../oauth-server/mount-oauth-server.ts'
import { sendJson } from '../http/send-json.ts'
import type { Instance } from '../state/instance/instance.ts'
import { avatarOf } from './pictures/avatar.ts'
import { mountBundles } from './scripts/bundles.ts'
import { allowCrossOrigin } from './serving/cross-origin.ts'
import { keySet, openidConfiguration } from './discovery.ts'
import { clientEndpoints } from './endpoints/client.ts'
import { developmentToolEndpoints } from './endpoints/development-tools.ts'
import { environmentEndpoints } from './endpoints/environment.ts'
import { fakeProviderEndpoints } from './endpoints/fake-provider.ts'
import { handshakeEndpoints } from './endpoints/handshake.ts'
import { healthEndpoints } from './endpoints/health.ts'
import { notEnabledEndpoints } from './endpoints/not-enabled.ts'
import { meEndpoints } from './endpoints/me/me.ts'
import { everyOrganizationEndpoint } from './endpoints/organizations/every-organization-endpoint.ts'
import { oauthCallbackEndpoints } from './endpoints/oauth-callback.ts'
import { sessionVerificationEndpoints } from './endpoints/session-verification.ts'
import { sessionEndpoints } from './endpoints/sessions.ts'
import { signInEndpoints } from './endpoints/sign-ins.ts'
import { signUpEndpoints } from './endpoints/sign-ups.ts'
import { oauthConsentEndpoints } from './endpoints/oauth-consent.ts'
import { ticketEndpoints } from './endpoints/tickets.ts'
import { verifyEndpoints } from './endpoints/verify.ts'
import { waitlistEndpoints } from './endpoints/waitlist.ts'
import type { FrontendEndpoint } from './frontend-request.ts'
import { mountImages } from './pictures/images.ts'
import { providerLogo } from './pictures/provider-logo.ts'
import { serveEndpoint } from './serving/serve-endpoint.ts'

/** Every endpoint, as it is mounted. */
export const frontendEndpoints: readonly FrontendEndpoint[] = [
  ...environmentEndpoints,
  ...clientEndpoints,
  ...handshakeEndpoints,
  ...sessionEndpoints,
  ...sessionVerificationEndpoints,
  ...everyOrganizationEndpoint,
  ...signInEndpoints,
  ...signUpEndpoints,
  ...verifyEndpoints,
  ...ticketEndpoints,
  ...waitlistEndpoints,
  ...healthEndpoints,
  ...oauthConsentEndpoints,
  ...developmentToolEndpoints,
  ...oauthCallbackEndpoints,
  ...fakeProviderEndpoints,
  ...notEnabledEndpoints,
  ...meEndpoints,
]

/** Mounts the Frontend API of one instance under `prefix`. */
export function mountFrontendApi(app: FastifyInstance, prefix: string, instance: Instance): void {
  mountBundles(app, prefix)
  allowCrossOrigin(app, prefix)
  mountImages(app, prefix, instance)
  mountOAuthServer(app, prefix, instance)
  for (const endpoint of frontendEndpoints) {
    app.route({
      method: endpoint.method,
      url: `${prefix}${endpoint.path}`,
      handler: async (request, reply) => await serveEndpoint(instance, endpoint, request, reply),
    })
  }
  app.get(`${prefix}/.well-known/jwks.json`, async (_request, reply) =>
    sendJson(openToAll(reply), 200, await keySet(instance)),
  )
  app.get(`${prefix}/.well-known/openid-configuration`, (_request, reply) =>
    sendJson(openToAll(reply), 200, openidConfiguration(instance)),
  )
  app.get<{ Params: { key: string } }>(`${prefix}/provider-logos/:key.svg`, (request, reply) =>
    openToAll(reply)
      .header('content-type', 'image/svg+xml')
      .header('cache-control', 'public, max-age=86400')
      .send(providerLogo(request.params.key)),
  )
  app.get<{ Params: { id: string } }>(`${prefix}/avatars/:id.svg`, (request, reply) =>
    openToAll(reply)
      .header('content-type', 'image/svg+xml')
      .header('cache-control', 'public, max-age=86400')
      .send(avatarOf(request.params.id)),
  )
}

function openToAll(reply: FastifyReply): FastifyReply {
  return reply.header('access-control-allow-origin', '*')
}
