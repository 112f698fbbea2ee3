// The endpoints under /oauth_applications.

import { requirePicture } from '../../parameters/picture/require-picture.ts'
import { requireScopes, usualScopes } from '../../oauth-server/scopes.ts'
import { type Body, optionalFlag, optionalText, requireBody, requireText, sent, texts } from '../../parameters/body.ts'
import { requireAddressForm } from '../../parameters/identifiers.ts'
import { oneValue, orderOf, pageOf } from '../../parameters/query.ts'
import { uploadedFile } from '../../parameters/uploaded-file.ts'
import { notFound } from '../../refusal/not-found.ts'
import { deletion, listing } from '../../resources/listing.ts'
import { oauthAccessTokenResource, oauthApplicationResource } from '../../resources/oauth-application.ts'
import { deleteImage, insertImage } from '../../state/people/images.ts'
import {
  type ApplicationWithSecret,
  deleteOAuthApplication,
  insertOAuthApplication,
  listOAuthApplications,
  type OAuthApplicationColumns,
  oauthApplicationOrders,
  requireOAuthApplication,
  rotateOAuthSecret,
  updateOAuthApplication,
} from '../../state/oauth/oauth-applications.ts'
import { findOAuthToken, isLive, revokeOAuthGrant } from '../../state/oauth/oauth-tokens.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const oauthApplicationEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/oauth_applications', answer: applicationList },
  { method: 'POST', path: '/oauth_applications', answer: createApplication },
  { method: 'POST', path: '/oauth_applications/access_tokens/verify', answer: verifyAccessToken, unversioned: true },
  { method: 'GET', path: '/oauth_applications/:id', answer: applicationAnswer },
  { method: 'PATCH', path: '/oauth_applications/:id', answer: changeApplication },
  { method: 'DELETE', path: '/oauth_applications/:id', answer: removeApplication },
  { method: 'PUT', path: '/oauth_applications/:id/logo', answer: uploadLogo },
  { method: 'POST', path: '/oauth_applications/:id/rotate_secret', answer: rotateSecret },
  { method: 'POST', path: '/oauth_applications/:id/revoke_token', answer: revokeToken },
]

const parameters = [
  'name',
  'redirect_uris',
  'callback_url',
  'scopes',
  'consent_screen_enabled',
  'pkce_required',
  'public',
]

async function applicationList({ instance, store, query }: BackendRequest): Promise<object> {
  const order = orderOf(query, oauthApplicationOrders, { column: 'created_at', direction: 'desc' })
  const list = await listOAuthApplications(store, oneValue(query, 'name_query'), order, pageOf(query))
  return listing(list, (application) => oauthApplicationResource(instance, application))
}

async function createApplication(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, parameters)
  requireText(body, 'name', 256)
  const usual = { scopes: usualScopes, redirect_uris: [], ...sentColumns(body) }
  const made = await request.store.atomically((inner) => insertOAuthApplication(inner, usual))
  return withSecret(request, made)
}

async function applicationAnswer(request: BackendRequest): Promise<object> {
  const application = await requireOAuthApplication(request.store, pathValue(request, 'id'))
  return oauthApplicationResource(request.instance, application)
}

async function changeApplication(request: BackendRequest): Promise<object> {
  const change = sentColumns(requireBody(request.body, parameters))
  await updateOAuthApplication(request.store, pathValue(request, 'id'), change)
  return applicationAnswer(request)
}

async function removeApplication(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'id')
  await request.store.atomically(async (inner) => {
    const { logoImageId } = await requireOAuthApplication(inner, id)
    await deleteOAuthApplication(inner, id)
    await deleteImage(inner, logoImageId)
  })
  return deletion('oauth_application', id)
}

async function uploadLogo(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'id')
  const picture = requirePicture(uploadedFile(request.body))
  await request.store.atomically(async (inner) => {
    const { logoImageId } = await requireOAuthApplication(inner, id)
    await updateOAuthApplication(inner, id, { logo_image_id: await insertImage(inner, picture) })
    await deleteImage(inner, logoImageId)
  })
  return applicationAnswer(request)
}

async function rotateSecret(request: BackendRequest): Promise<object> {
  return withSecret(request, await rotateOAuthSecret(request.store, pathValue(request, 'id')))
}

/** Revokes every token of the shown one's grant. */
async function revokeToken(request: BackendRequest): Promise<undefined> {
  const { store } = request
  const text = requireText(requireBody(request.body, ['token']), 'token')
  const application = await requireOAuthApplication(store, pathValue(request, 'id'))
  const token = await findOAuthToken(store, text)
  if (token === null || token.applicationId !== application.id) throw notFound('oauth_token', 'this value')
  await revokeOAuthGrant(store, token.grantId)
}

/** A token that is revoked or over is as unknown as one that never was: the SDK takes whatever it is given for good. */
async function verifyAccessToken({ store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['access_token', 'secret'])
  const text = optionalText(read, 'access_token') || requireText(read, 'secret')
  const token = await findOAuthToken(store, text)
  if (token === null || token.kind !== 'access' || !isLive(token, store.now())) {
    throw notFound('oauth_token', 'this value')
  }
  return oauthAccessTokenResource(token)
}

/** The columns a body sets. `callback_url` is the older form of a single redirect URI. */
function sentColumns(body: Body): OAuthApplicationColumns {
  const scopes = optionalText(body, 'scopes', 1024)
  const callback = optionalText(body, 'callback_url', 1024)
  const uris = Array.isArray(body['redirect_uris']) ? texts(body, 'redirect_uris') : callback ? [callback] : undefined
  return sent({
    name: optionalText(body, 'name', 256) || undefined,
    scopes: scopes ? requireScopes(scopes, 'scopes') : undefined,
    redirect_uris: uris?.map((uri) => requireAddressForm(uri, 'redirect_uris')),
    consent_screen_enabled: optionalFlag(body, 'consent_screen_enabled'),
    pkce_required: optionalFlag(body, 'pkce_required'),
    public: optionalFlag(body, 'public'),
  })
}

function withSecret({ instance }: BackendRequest, { application, secret }: ApplicationWithSecret): object {
  return { ...oauthApplicationResource(instance, application), ...(secret === null ? {} : { client_secret: secret }) }
}
