// What an endpoint of the Frontend API is handed, what it is, and what it may answer.

import type { IncomingHttpHeaders } from 'node:http'

import type { UploadedFile } from '../http/read-bodies.ts'
import type { Body } from '../parameters/body.ts'
import type { Query } from '../parameters/query.ts'
import type { Instance } from '../state/instance/instance.ts'
import type { Listed } from '../state/database/page.ts'
import type { BrowserClient, OpenSession } from '../state/sessions/shared-reads/browser-clients.ts'
import type { Store } from '../state/database/store.ts'
import type { Cookies } from '../browser/cookies.ts'

/** A request from a browser, whoever sits at it. */
export interface FrontendRequest {
  readonly instance: Instance
  readonly store: Store
  /** Values of the path's `:names`. */
  readonly path: Readonly<Record<string, string>>
  readonly query: Query
  readonly form: Body
  readonly file: UploadedFile | null
  readonly cookies: Cookies
  readonly headers: IncomingHttpHeaders
  /** The origin of the page that asks; null when nothing tells it. */
  readonly origin: string | null
  readonly ipAddress: string
  readonly userAgent: string
  /** The browser's client with the sessions that were open when the request came; null when it has none yet. */
  readonly client: BrowserClient | null
}

/** A request of a browser that has a client. */
export interface ClientRequest extends FrontendRequest {
  readonly client: BrowserClient
}

/** A request in the name of a session that is open on the browser's client. */
export interface SessionRequest extends ClientRequest {
  readonly session: OpenSession
}

/** What an endpoint answers. `resource` travels in Clerk's envelope with the client beside it; the others as they are. */
export type FrontendAnswer =
  | { readonly kind: 'resource'; readonly value: unknown }
  | BareAnswer
  | { readonly kind: 'redirect'; readonly url: string; readonly cookies?: readonly string[]; readonly status?: 303 }
  | { readonly kind: 'page'; readonly html: string; readonly status?: number }
  | { readonly kind: 'file'; readonly bytes: Buffer; readonly contentType: string }

/** A value without the envelope. */
interface BareAnswer {
  readonly kind: 'bare'
  readonly value: unknown
  readonly cookies?: readonly string[]
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** From the instance's root, with Fastify's `:name` for parameters. */
  readonly path: string
}

/** Open to every browser. */
export interface OpenEndpoint extends Route {
  readonly access: 'open'
  readonly answer: (request: FrontendRequest) => Promise<FrontendAnswer>
}

/** Needs a client; a browser without one is given one. */
export interface ClientEndpoint extends Route {
  readonly access: 'client'
  readonly answer: (request: ClientRequest) => Promise<FrontendAnswer>
}

/** Needs a session that is open on the browser's client (`_clerk_session_id`, else the last active one). Pending ones count. */
export interface SessionEndpoint extends Route {
  readonly access: 'session'
  readonly answer: (request: SessionRequest) => Promise<FrontendAnswer>
}

export type FrontendEndpoint = OpenEndpoint | ClientEndpoint | SessionEndpoint

/** A resource in the envelope. */
export function resource(value: unknown): FrontendAnswer {
  return { kind: 'resource', value }
}

/** A value as it is, without the envelope. */
export function bare(value: unknown, cookies: readonly string[] = []): FrontendAnswer {
  return { kind: 'bare', value, cookies }
}

/** Sends the browser elsewhere (307). */
export function redirect(url: URL | string, cookies: readonly string[] = []): FrontendAnswer {
  return { kind: 'redirect', url: String(url), cookies }
}

/** Sends the browser elsewhere by GET, whatever it sent here (303). */
export function seeOther(url: URL | string): FrontendAnswer {
  return { kind: 'redirect', url: String(url), status: 303 }
}

/** `{data, total_count}` in the envelope, or a bare array where the request did not say `paginated=true`. */
export function listOf<Item>(query: Query, listed: Listed<Item>, show: (item: Item) => object): FrontendAnswer {
  const data = listed.items.map(show)
  return resource(query.get('paginated') === 'true' ? { data, total_count: listed.total } : data)
}

/** The value of a path parameter. */
export function pathValue(request: FrontendRequest, name: string): string {
  return request.path[name] ?? ''
}
