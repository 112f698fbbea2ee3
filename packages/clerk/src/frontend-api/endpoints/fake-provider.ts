// The stand-in providers, as a browser and the instance itself meet them: discovery, the page, and the endpoints of any
// OpenID Connect provider. They stand outside of `/v1`, because they are none of Clerk's.

import { fakeClaims, type FakePerson, readyMadePeople } from '../../federation/fake-provider/fake-people.ts'
import { fakeClientId, fakeIssuer, fakeKeySeed, fakePath } from '../../federation/fake-provider/fake-credentials.ts'
import { fakeExchange, insertFakeCode } from '../../federation/fake-provider/fake-exchange.ts'
import { fakeKeySet } from '../../federation/fake-provider/fake-keys.ts'
import { fakePage } from '../../federation/fake-provider/fake-page.ts'
import { enabledProviders, type Provider } from '../../federation/provider.ts'
import { optionalText, requireText } from '../../parameters/body.ts'
import { requireEmailForm } from '../../parameters/identifiers.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { readFakeGrant } from '../../state/oauth/fake-grants.ts'
import { isJsonObject } from '../../tokens/json.ts'
import { requireRedirectUrl } from '../../browser/page-origin.ts'
import {
  bare,
  type FrontendAnswer,
  type FrontendEndpoint,
  type FrontendRequest,
  pathValue,
  seeOther,
} from '../frontend-request.ts'

const root = fakePath(':key')

export const fakeProviderEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: `${root}/.well-known/openid-configuration`, access: 'open', answer: discovery },
  { method: 'GET', path: `${root}/jwks.json`, access: 'open', answer: keys },
  { method: 'GET', path: `${root}/authorize`, access: 'open', answer: page },
  { method: 'POST', path: `${root}/authorize`, access: 'open', answer: choose },
  { method: 'POST', path: `${root}/token`, access: 'open', answer: token },
  { method: 'GET', path: `${root}/userinfo`, access: 'open', answer: userinfo },
]

/** The stand-in that the path names. Refuses a provider that is not enabled, or that is configured for real. */
async function requireStandIn(request: FrontendRequest): Promise<Provider> {
  const key = pathValue(request, 'key')
  const provider = (await enabledProviders(request.instance)).find((candidate) => candidate.key === key)
  if (provider?.fake === true) return provider
  throw new ClerkRefusal('feature_not_enabled', { feature: `the stand-in for ${key}` })
}

async function discovery(request: FrontendRequest): Promise<FrontendAnswer> {
  const { key } = await requireStandIn(request)
  const issuer = fakeIssuer(request.instance, key)
  return bare({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks.json`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['EdDSA'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'email', 'profile'],
    authorization_response_iss_parameter_supported: true,
  })
}

async function keys(request: FrontendRequest): Promise<FrontendAnswer> {
  const { key } = await requireStandIn(request)
  return bare(fakeKeySet(fakeKeySeed(request.instance.configured.secretKey, key)))
}

async function page(request: FrontendRequest): Promise<FrontendAnswer> {
  const { name } = await requireStandIn(request)
  await requireAuthorizationRequest(request)
  return { kind: 'page', html: fakePage(name, request.instance.applicationName) }
}

/** Somebody was chosen, or access refused: back to the instance with a code or an error. */
async function choose(request: FrontendRequest): Promise<FrontendAnswer> {
  const { key } = await requireStandIn(request)
  const { target, challenge, scope } = await requireAuthorizationRequest(request)
  const { instance, query, form } = request
  const redirectUri = target.href
  const state = query.get('state')
  if (state !== null) target.searchParams.set('state', state)
  target.searchParams.set('iss', fakeIssuer(instance, key))
  if (form['choice'] === 'refuse') {
    target.searchParams.set('error', 'access_denied')
    return seeOther(target)
  }
  const claims = fakeClaims(requirePerson(request), scope, instance.frontendApiUrl())
  const nonce = query.get('nonce')
  const consent = { provider: key, claims, scope, redirectUri, challenge, nonce }
  target.searchParams.set('code', await insertFakeCode(instance, consent))
  return seeOther(target)
}

/** Refuses an authorization request that is not of this instance, with PKCE, and back to it. */
async function requireAuthorizationRequest({ instance, query, headers }: FrontendRequest): Promise<{
  readonly target: URL
  readonly challenge: string
  readonly scope: string
}> {
  const require = (param: string, allowed: (value: string) => boolean): string => {
    const value = query.get(param) ?? ''
    if (!allowed(value)) throw new ClerkRefusal('form_param_value_invalid', { param, value })
    return value
  }
  require('client_id', (value) => value === fakeClientId)
  require('response_type', (value) => value === 'code')
  require('code_challenge_method', (value) => value === 'S256')
  const challenge = require('code_challenge', (value) => value.length === 43)
  require('redirect_uri', (value) => value.endsWith('/v1/oauth_callback'))
  const target = await requireRedirectUrl(query.get('redirect_uri'), 'redirect_uri', instance, headers)
  return { target, challenge, scope: query.get('scope') ?? 'openid' }
}

function requirePerson({ form }: FrontendRequest): FakePerson {
  const choice = requireText(form, 'choice')
  const readyMade = readyMadePeople.find(({ emailAddress }) => emailAddress === choice)
  if (readyMade !== undefined) return readyMade
  return {
    emailAddress: requireEmailForm(requireText(form, 'email_address')),
    emailVerified: form['email_verified'] === 'true',
    firstName: optionalText(form, 'first_name') ?? '',
    lastName: optionalText(form, 'last_name') ?? '',
  }
}

async function token(request: FrontendRequest): Promise<FrontendAnswer> {
  const { key } = await requireStandIn(request)
  const value = await fakeExchange(request.instance, key, request.form)
  return { kind: 'bare', value, status: 'error' in value ? 400 : 200, headers: { 'cache-control': 'no-store' } }
}

async function userinfo(request: FrontendRequest): Promise<FrontendAnswer> {
  const { key } = await requireStandIn(request)
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const grant = await readFakeGrant(request.store, 'access', bearer)
  const claims = grant?.['provider'] === key ? grant['claims'] : undefined
  if (isJsonObject(claims)) return bare(claims)
  return { kind: 'bare', value: { error: 'invalid_token' }, status: 401, headers: { 'www-authenticate': 'Bearer' } }
}
