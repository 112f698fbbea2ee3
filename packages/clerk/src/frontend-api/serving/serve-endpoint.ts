// From Fastify's request to an endpoint and back: who the browser is, what the endpoint may count on, and the envelope.

import type { FastifyReply, FastifyRequest } from 'fastify'

import { isFormBody } from '../../http/read-bodies.ts'
import { requesterOf } from '../../http/requester-of.ts'
import { sendJson } from '../../http/send-json.ts'
import { type Body, requireObject } from '../../parameters/body.ts'
import { bodyOfForm } from '../../parameters/form.ts'
import { type Query, queryOf } from '../../parameters/query.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Instance } from '../../state/instance/instance.ts'
import type { BrowserClient, OpenSession } from '../../state/sessions/shared-reads/browser-clients.ts'
import { onBehalfOf } from '../../state/database/store.ts'
import { clientUatCookies } from '../../browser/client-uat.ts'
import { parseCookies } from '../../browser/cookies.ts'
import { type BrowserCredentials, findBrowserClient, makeBrowserClient } from '../../browser/find-client.ts'
import { browserAddress, pageOrigin, requireKnownHost, requireWelcomeOrigin } from '../../browser/page-origin.ts'
import { requirePatience } from './rate-limits/require-patience.ts'
import type { FrontendAnswer, FrontendEndpoint, FrontendRequest } from '../frontend-request.ts'
import { clientResource } from '../resources/client.ts'
import { sendRefusal } from './send-refusal.ts'

/** Answers one request by one endpoint of an instance. */
export async function serveEndpoint(
  instance: Instance,
  endpoint: FrontendEndpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  let client: BrowserClient | null = null
  const origin = pageOrigin(request.headers, instance)
  try {
    await requireKnownHost(request.headers, instance)
    await requireWelcomeOrigin(request.headers, instance)
    const query = queryOf(request.url)
    const shown: BrowserCredentials = {
      devBrowserToken: query.get('__clerk_db_jwt'),
      cookies: parseCookies(request.headers.cookie),
    }
    client = await findBrowserClient(instance, shown)
    if (client === null && endpoint.access === 'client') {
      const made = await makeBrowserClient(instance, shown, request.headers)
      client = made.client
      reply.header('set-cookie', made.cookie)
    }
    const asked = requestOf(instance, request, { query, shown, origin, client })
    await requirePatience(endpoint, asked)
    const answer = await answerOf(endpoint, asked)
    if (client !== null) withCookies(reply, await clientUatCookies(instance, client.id, request.headers))
    await wait(instance, endpoint)
    return await send(reply, answer, async () => await piggyback(instance, endpoint, client, origin))
  } catch (thrown) {
    return await sendRefusal(thrown, request, reply, async () =>
      client === null ? null : await clientResource(instance, client.id, origin),
    )
  }
}

/** What the SDK reads again by `reload()`, which counts on the client beside it: somebody else may have changed it. */
const reloaded =
  /^\/v1\/(client\/(sign_ins|sign_ups|sessions)\/:\w+|me|me\/(email_addresses|phone_numbers|external_accounts)\/:\w+)$/

/** What changes nothing carries no client, unless it is read to see what changed. */
async function piggyback(
  instance: Instance,
  { method, path }: FrontendEndpoint,
  client: BrowserClient | null,
  origin: string | null,
): Promise<object | null> {
  if (client === null || (method === 'GET' && !reloaded.test(path))) return null
  return await clientResource(instance, client.id, origin)
}

interface Known {
  readonly query: Query
  readonly shown: BrowserCredentials
  readonly origin: string | null
  readonly client: BrowserClient | null
}

function requestOf(instance: Instance, request: FastifyRequest, known: Known): FrontendRequest {
  const { body } = request
  const isForm = isFormBody(body)
  // Some SDKs send JSON; any parameter is let through, as with forms.
  const form: Body = isForm ? bodyOfForm(body.fields) : requireObject(body)
  return {
    instance,
    store: onBehalfOf(instance.store, requesterOf(request)),
    path: request.params as Readonly<Record<string, string>>,
    query: known.query,
    form,
    file: isForm ? body.file : null,
    cookies: known.shown.cookies,
    headers: request.headers,
    origin: known.origin,
    ipAddress: browserAddress(request.headers, instance, request.ip),
    userAgent: request.headers['user-agent'] ?? '',
    client: known.client,
  }
}

async function answerOf(endpoint: FrontendEndpoint, request: FrontendRequest): Promise<FrontendAnswer> {
  if (endpoint.access === 'open') return await endpoint.answer(request)
  const { client } = request
  if (client === null) throw new ClerkRefusal('authentication_invalid', {})
  if (endpoint.access === 'client') return await endpoint.answer({ ...request, client })
  return await endpoint.answer({ ...request, client, session: requireOpenSession(request, client) })
}

function requireOpenSession({ query }: FrontendRequest, client: BrowserClient): OpenSession {
  const wanted = query.get('_clerk_session_id') ?? client.lastActiveSessionId
  const session = client.sessions.find(({ id }) => id === wanted)
  if (session === undefined) throw new ClerkRefusal('authentication_invalid', {})
  return session
}

async function send(
  reply: FastifyReply,
  answer: FrontendAnswer,
  client: () => Promise<object | null>,
): Promise<FastifyReply> {
  switch (answer.kind) {
    case 'resource':
      return sendJson(reply, 200, { response: answer.value, client: await client() })
    case 'bare':
      return sendJson(
        withCookies(reply.headers(answer.headers ?? {}), answer.cookies),
        answer.status ?? 200,
        answer.value,
      )
    case 'redirect':
      return withCookies(reply, answer.cookies)
        .header('cache-control', 'no-store')
        .redirect(answer.url, answer.status ?? 307)
    case 'page':
      return reply
        .code(answer.status ?? 200)
        .header('content-type', 'text/html; charset=utf-8')
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; form-action *; frame-ancestors 'none'",
        )
        .send(answer.html)
    case 'file':
      return reply
        .header('content-type', answer.contentType)
        .header('x-content-type-options', 'nosniff')
        .send(answer.bytes)
  }
}

function withCookies(reply: FastifyReply, cookies: readonly string[] = []): FastifyReply {
  for (const cookie of cookies) reply.header('set-cookie', cookie)
  return reply
}

/** Tests written against a distant server trip over a near one; such an instance is told to take its time. */
async function wait(instance: Instance, { path }: FrontendEndpoint): Promise<void> {
  const { latency } = (await instance.snapshot()).settings.authentication
  const milliseconds = /\/(prepare|attempt)_/.test(path) ? latency.attempts : latency.any
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds))
}
