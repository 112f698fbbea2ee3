// Requests below /platform/v1 and /rest/v1: judged by their headers alone, then handed to the API's own handlers in
// this process. The session stands for the secret key of /platform/v1; /rest/v1 sees what the request itself shows.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

import { type AnyRefusal, isRefusal, Refusal } from '../refusal/refusal.ts'
import type { StudioAccess } from './access/studio-access.ts'
import { dataHeaders } from './guard/headers.ts'
import { requireOwnHost, requireOwnRequest } from './guard/require-own.ts'
import { otherCookies, sessionOf } from './guard/session-cookie.ts'
import { renderStudioRefusal } from './render-studio-refusal.ts'

export interface HandOverDeps {
  readonly access: StudioAccess
  readonly cookie: string
  /** Names under which Studio may be reached, besides those of this machine. */
  readonly hosts: readonly string[]
  /** Answers for the API; whoever calls it has judged the request. */
  readonly api: RequestListener
}

/** Whether a request's path is the API's. */
export function isForApi(url: string): boolean {
  return /^\/(platform|rest)\/v1(?=[/?]|$)/.test(url)
}

/** Answers one such request. */
export function handOver(request: IncomingMessage, response: ServerResponse, deps: HandOverDeps): void {
  for (const [name, value] of Object.entries(dataHeaders)) response.setHeader(name, value)
  try {
    judge(request, deps)
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown
    return refuse(response, thrown)
  }
  const cookies = otherCookies(request.headers, deps.cookie)
  if (cookies === undefined) delete request.headers.cookie
  else request.headers.cookie = cookies
  deps.api(request, response)
}

function judge({ method = 'GET', headers }: IncomingMessage, { access, cookie, hosts }: HandOverDeps): void {
  requireOwnHost(headers, hosts)
  const session = sessionOf(headers, cookie)
  if (session === null || !access.isOpen(session)) throw new Refusal('studio.session-required', {})
  requireOwnRequest(method, headers)
}

/** The connection ends with the answer, so that a body that nobody wants is not waited for. */
function refuse(response: ServerResponse, refusal: AnyRefusal): void {
  const said = renderStudioRefusal(refusal) ?? { status: 500, message: 'Internal server error' }
  const body = { code: refusal.code, details: null, hint: refusal.fix ?? null, message: said.message }
  response.writeHead(said.status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' })
  response.end(JSON.stringify(body))
}
