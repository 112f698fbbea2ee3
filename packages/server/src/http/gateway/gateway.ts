// A request's way to its door: its id, the cross-origin rules, the routing table, the API key, then the door; and
// what is counted and logged once it is answered.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { fault, keyAnswer, noDoor, noRoute, urlTooLong } from '../answers/answer.ts'
import type { Answer } from '../answers/answer.ts'
import type { HttpLimits, HttpServerOptions } from '../http-options.ts'
import { drainRest } from '../lifecycle/drain-rest.ts'
import { watchAnswer } from '../lifecycle/watch-answer.ts'
import { hasBody, watchBody } from '../lifecycle/watch-body.ts'
import { logAccess } from '../observe/access-log.ts'
import type { Exchange } from '../observe/exchange.ts'
import { registerRequestMetrics } from '../observe/metrics.ts'
import type { ObserveRequest } from '../observe/metrics.ts'
import { bodyReader, sendWebResponse, webRequest } from '../rest-door/serve-rest.ts'
import { matchRoute } from '../routing/routing-table.ts'
import type { Route } from '../routing/routing-table.ts'
import { splitTarget } from '../routing/split-target.ts'
import { checkKeys } from './check-keys.ts'
import { anyOrigin, appendCorsHeaders, appendPreflightHeaders, isPreflight } from './cors.ts'
import type { CorsPolicy } from './cors.ts'
import { inviteBody } from './invite-body.ts'
import { requestId } from './request-id.ts'
import { ownPage } from './own-pages.ts'

const CALLER_LEFT = 499

export class Gateway {
  readonly #options: HttpServerOptions
  readonly #limits: HttpLimits
  readonly #cors: CorsPolicy
  readonly #observe: ObserveRequest
  /** Of the requests that Fastify serves; on the path of every REST request it would burden the collector. */
  readonly #exchanges = new WeakMap<IncomingMessage, Exchange>()
  #others: RequestListener = () => {}
  #closing = false

  constructor(options: HttpServerOptions, limits: HttpLimits) {
    this.#options = options
    this.#limits = limits
    this.#cors = options.cors ?? anyOrigin
    this.#observe = registerRequestMetrics(options.registry)
  }

  /** Sets who answers for the doors other than REST. */
  serveOthersBy(handle: RequestListener): void {
    this.#others = handle
  }

  /** From now on every answer asks its connection to close. */
  announceClosing(): void {
    this.#closing = true
  }

  exchangeOf(request: IncomingMessage): Exchange {
    const exchange = this.#exchanges.get(request)
    if (exchange === undefined) throw new Error('a request came by another way than the gateway')
    return exchange
  }

  readonly handle: RequestListener = (request, response) => this.#handle(request, response, false)

  /** For a server of this process that has judged the request: it is of one origin, and may administer. */
  readonly handleAdmitted: RequestListener = (request, response) => this.#handle(request, response, true)

  #handle(request: IncomingMessage, response: ServerResponse, admitted: boolean): void {
    const exchange = this.#begin(request, admitted)
    if (hasBody(request)) drainRest(request, response)
    response.on('close', () => this.#finish(exchange, response))
    this.#route(exchange, response).catch((thrown: unknown) => this.#fail(exchange, response, thrown))
  }

  #begin(request: IncomingMessage, admitted: boolean): Exchange {
    return {
      request,
      admitted,
      id: requestId(request.headers['x-request-id']),
      startedAt: performance.now(),
      target: splitTarget(request.url ?? '/'),
      door: 'gateway',
      identity: null,
    }
  }

  async #route(exchange: Exchange, response: ServerResponse): Promise<void> {
    const { request, target } = exchange
    const route = matchRoute(target.path)
    // What takes the secret key is no page's business: its preflight is refused like the request it asks for.
    const mayBeAsked = !exchange.admitted && route?.key !== 'secret-key'
    if (mayBeAsked && isPreflight(request.method, request.headers)) return this.#answerPreflight(exchange, response)
    if ((request.url ?? '').length > this.#limits.urlBytes) {
      return this.#answer(exchange, response, urlTooLong(this.#limits.urlBytes))
    }
    if (route === null) {
      const page = await ownPage(exchange, this.#options)
      return page === null
        ? this.#answer(exchange, response, noRoute(target.path))
        : this.#send(exchange, response, page)
    }
    exchange.door = route.door
    if (hasBody(request)) this.#watchBody(request, response, route)
    if (!exchange.admitted || route.key !== 'secret-key') checkKeys(route, target, request.headers, this.#options)
    if (route.door === 'rest') return await this.#serveRest(exchange, response, route)
    const { doors, switchedOff } = this.#options
    if (doors?.[route.door] === undefined)
      return this.#answer(exchange, response, noDoor(route, switchedOff?.[route.door]))
    this.#serveOther(exchange, response)
  }

  async #serveRest(exchange: Exchange, response: ServerResponse, route: Route): Promise<void> {
    const { request, target } = exchange
    const body = bodyReader(request, response, this.#limits.bodyBytes)
    const answer = await this.#options.rest(webRequest(request, target, route.prefix, body))
    exchange.identity = answer.identity ?? null
    if (!response.destroyed) sendWebResponse(response, answer, this.#headers(exchange), request.method === 'HEAD')
  }

  #serveOther(exchange: Exchange, response: ServerResponse): void {
    const headers = this.#headers(exchange)
    for (let index = 0; index < headers.length; index += 2) {
      response.setHeader(headers[index] ?? '', headers[index + 1] ?? '')
    }
    inviteBody(exchange.request, response)
    watchAnswer(response, this.#limits.answerIdleTimeout)
    this.#exchanges.set(exchange.request, exchange)
    this.#others(exchange.request, response)
  }

  #watchBody(request: IncomingMessage, response: ServerResponse, { bodies }: Route): void {
    const { requestTimeout, bodyIdleTimeout } = this.#limits
    const streamed = bodies === 'streamed'
    const end = watchBody(request, {
      kind: streamed ? 'idle' : 'whole',
      milliseconds: streamed ? bodyIdleTimeout : requestTimeout,
    })
    response.on('close', end)
  }

  #answerPreflight(exchange: Exchange, response: ServerResponse): void {
    const headers = this.#headers(exchange)
    appendPreflightHeaders(headers, exchange.request.headers)
    headers.push('content-length', '0')
    response.writeHead(200, headers).end()
  }

  #answer(exchange: Exchange, response: ServerResponse, { status, body }: Answer): void {
    const page = { status, type: 'application/json; charset=utf-8', text: JSON.stringify(body) }
    this.#send(exchange, response, page)
  }

  #send(exchange: Exchange, response: ServerResponse, page: { status: number; type: string; text: string }): void {
    const headers = [...this.#headers(exchange), 'content-type', page.type]
    headers.push('content-length', String(Buffer.byteLength(page.text)))
    response.writeHead(page.status, headers).end(exchange.request.method === 'HEAD' ? undefined : page.text)
  }

  /** The one place where what nobody refused on purpose becomes a 500. */
  #fail(exchange: Exchange, response: ServerResponse, thrown: unknown): void {
    const refused = keyAnswer(thrown)
    if (refused === null) this.#options.logger.error({ err: thrown, traceId: exchange.id }, 'fault')
    if (response.headersSent) response.destroy()
    else this.#answer(exchange, response, refused ?? fault(exchange.id))
  }

  #headers(exchange: Exchange): string[] {
    const headers = ['x-request-id', exchange.id, 'sb-request-id', exchange.id]
    if (this.#closing) headers.push('connection', 'close')
    if (!exchange.admitted) appendCorsHeaders(headers, exchange.request.headers, this.#cors)
    return headers
  }

  #finish(exchange: Exchange, response: ServerResponse): void {
    const status = response.writableFinished ? response.statusCode : CALLER_LEFT
    const milliseconds = performance.now() - exchange.startedAt
    this.#observe(exchange, status, milliseconds)
    logAccess(this.#options.logger, exchange, status, milliseconds)
  }
}
