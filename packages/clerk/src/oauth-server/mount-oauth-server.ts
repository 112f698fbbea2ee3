// The OAuth server's endpoints at their addresses, and the form in which its refusals travel.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { parseCookies } from '../browser/cookies.ts'
import { findBrowserClient } from '../browser/find-client.ts'
import { requireWelcomeOrigin } from '../browser/page-origin.ts'
import { isFormBody } from '../http/read-bodies.ts'
import { sendJson } from '../http/send-json.ts'
import { queryOf } from '../parameters/query.ts'
import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Instance } from '../state/instance/instance.ts'
import type { Session } from '../state/sessions/sessions.ts'
import { authenticateClient } from './authenticate-client.ts'
import { requireAuthorizationRequest } from './authorization-request.ts'
import { type AuthorizationAnswer, authorize, decide } from './authorize.ts'
import { OAuthError } from './oauth-error.ts'
import { consentPage, signInPage } from './pages.ts'
import { registerClient } from './register-client.ts'
import { serverMetadata } from './server-metadata.ts'
import { exchange } from './token-endpoint.ts'
import { introspect, revoke, userInfo } from './token-uses.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** Mounts the server of one instance under `prefix`. */
export function mountOAuthServer(app: FastifyInstance, prefix: string, instance: Instance): void {
  const { store } = instance
  const asClient = async (request: FastifyRequest) =>
    await authenticateClient(store, request.headers.authorization, formOf(request))
  const tokens = async (request: FastifyRequest) => exchange(instance, await asClient(request), formOf(request))
  const info = async (request: FastifyRequest) =>
    introspect(instance, await asClient(request), formOf(request).get('token') ?? '')
  const taken = async (request: FastifyRequest) => {
    await revoke(instance, await asClient(request), formOf(request).get('token') ?? '')
    return {}
  }
  const claims = async (request: FastifyRequest) => userInfo(instance, request.headers.authorization)
  app.get(`${prefix}/.well-known/oauth-authorization-server`, async (_request, reply) =>
    sendJson(reply.header('access-control-allow-origin', '*'), 200, serverMetadata(instance)),
  )
  app.post(`${prefix}/oauth/token`, answering(200, tokens))
  app.post(`${prefix}/oauth/token_info`, answering(200, info))
  app.post(`${prefix}/oauth/token/revoke`, answering(200, taken))
  app.get(`${prefix}/oauth/userinfo`, answering(200, claims))
  app.post(`${prefix}/oauth/userinfo`, answering(200, claims))
  app.post(
    `${prefix}/oauth/register`,
    answering(201, async (request) => registerClient(instance, request.body)),
  )
  mountPages(app, prefix, instance)
}

function mountPages(app: FastifyInstance, prefix: string, instance: Instance): void {
  const { store } = instance
  const ask: Handler = async (request, reply) => {
    const query = request.method === 'POST' ? formOf(request) : queryOf(request.url)
    const wanted = await requireAuthorizationRequest(store, query)
    const answer = await authorize(instance, wanted, await sessionOf(instance, request))
    return show(reply, answer, consentAction(request, query.get('client_id') ?? ''), query)
  }
  app.get(`${prefix}/oauth/authorize`, ask)
  app.post(`${prefix}/oauth/authorize`, ask)
  app.post<{ Params: { client_id: string } }>(`${prefix}/v1/me/oauth/consent/:client_id`, async (request, reply) => {
    await requireWelcomeOrigin(request.headers, instance)
    const session = await sessionOf(instance, request)
    if (session === null) throw new ClerkRefusal('authentication_invalid', {})
    const form = formOf(request)
    form.set('client_id', request.params.client_id)
    const wanted = await requireAuthorizationRequest(store, form)
    return show(reply, await decide(instance, wanted, session, form.get('consented') === 'true'), '', form)
  })
}

/**
 * Where the consent form goes: beside this page, whatever prefix a proxy has put before it, and as the browser that this
 * page was asked by.
 */
function consentAction(request: FastifyRequest, clientId: string): string {
  const shown = queryOf(request.url)
  const kept = new URLSearchParams()
  for (const name of ['__clerk_db_jwt', '_clerk_session_id']) {
    const value = shown.get(name)
    if (value !== null) kept.set(name, value)
  }
  return `../v1/me/oauth/consent/${encodeURIComponent(clientId)}${kept.size === 0 ? '' : `?${kept.toString()}`}`
}

function show(reply: FastifyReply, answer: AuthorizationAnswer, action: string, query: URLSearchParams): FastifyReply {
  reply.header('cache-control', 'no-store')
  // 303, so that a form that was posted here is not posted on to the application.
  if (answer.kind === 'redirect') return reply.redirect(answer.url, 303)
  const html = answer.kind === 'ask' ? consentPage(answer.request, action, query) : signInPage(answer.request)
  return reply
    .code(answer.kind === 'ask' ? 200 : 401)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    .send(html)
}

/** Whoever is signed in at the browser: the session the page names, else the last active one. */
async function sessionOf(instance: Instance, request: FastifyRequest): Promise<Session | null> {
  const query = queryOf(request.url)
  const cookies = parseCookies(request.headers.cookie)
  const client = await findBrowserClient(instance, { devBrowserToken: query.get('__clerk_db_jwt'), cookies })
  if (client === null) return null
  const wanted = query.get('_clerk_session_id') ?? client.lastActiveSessionId
  const active = client.sessions.filter(({ status }) => status === 'active')
  return active.find(({ id }) => id === wanted) ?? (query.has('_clerk_session_id') ? null : (active[0] ?? null))
}

/** Programs are answered in JSON that nobody keeps, and told no as OAuth has it. */
function answering(status: number, work: (request: FastifyRequest) => Promise<object>): Handler {
  return async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' })
    try {
      return sendJson(reply, status, await work(request))
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error
      const scheme = error.code === 'invalid_token' ? `Bearer error="invalid_token"` : 'Basic realm="oauth"'
      if (error.status === 401) reply.header('www-authenticate', scheme)
      return sendJson(reply, error.status, { error: error.code, error_description: error.message })
    }
  }
}

function formOf(request: FastifyRequest): URLSearchParams {
  const { body } = request
  return isFormBody(body) ? body.fields : new URLSearchParams()
}
