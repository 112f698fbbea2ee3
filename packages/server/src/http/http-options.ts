// What the http stage is told: plain data and the functions of the stages below it. Nothing here reads files or
// the environment; that is boot's business.

import type { FastifyPluginAsync } from 'fastify'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Gate } from '../identity/create-identify.ts'
import type { WebRequest, WebResponse } from '../rest/web.ts'
import type { CorsPolicy } from './gateway/cors.ts'
import type { DoorName } from './routing/routing-table.ts'

export type RestDoor = (web: WebRequest) => Promise<WebResponse>

/** Takes over a connection that asked for another protocol (WebSocket). */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** Bounds on what one connection may ask. Sizes in bytes, times in milliseconds. */
export interface HttpLimits {
  /** Request line and headers together; more is a 431. */
  readonly headerBytes: number
  /** Path and query; more is a 414. */
  readonly urlBytes: number
  /** Body of a REST request, and of the other doors unless they say otherwise; more is a 413. */
  readonly bodyBytes: number
  /** Until the headers are complete; longer is a 408. */
  readonly headersTimeout: number
  /** Until a body is complete, but for doors whose bodies are streamed; longer is a 408. */
  readonly requestTimeout: number
  /** That nothing comes of a body that is streamed; longer is a 408. */
  readonly bodyIdleTimeout: number
  /** That a client takes nothing of an answer that waits for it; longer ends the connection. */
  readonly answerIdleTimeout: number
  /** An idle connection is kept open this long. */
  readonly keepAliveTimeout: number
}

export const defaultLimits: HttpLimits = {
  headerBytes: 64 * 1024,
  urlBytes: 32 * 1024,
  bodyBytes: 50 * 1024 * 1024,
  headersTimeout: 20_000,
  requestTimeout: 300_000,
  bodyIdleTimeout: 60_000,
  answerIdleTimeout: 60_000,
  keepAliveTimeout: 65_000,
}

/** Whether the server can do its work; `facts` are shown to whoever asks, so nothing secret. */
export interface HealthReport {
  readonly healthy: boolean
  readonly facts: Readonly<Record<string, unknown>>
}

export interface HttpServerOptions {
  readonly rest: RestDoor
  /** The other doors that are built; each is mounted at its prefix of the routing table. */
  readonly doors?: Partial<Readonly<Record<Exclude<DoorName, 'rest'>, FastifyPluginAsync>>>
  /** The keys of the configuration that keep doors from being there. */
  readonly switchedOff?: Partial<Readonly<Record<DoorName, string>>>
  readonly upgrades?: Partial<Readonly<Record<DoorName, UpgradeHandler>>>
  readonly gate: Pick<Gate, 'checkApiKey' | 'checkBrowser' | 'requireSecretKey'>
  /** Demand a secret key where the routing table names a path `secret`. */
  readonly guardSecretPaths: boolean
  readonly health: () => Promise<HealthReport>
  /** Where this stage registers its metrics; what others have registered is shown too. */
  readonly registry: Registry
  /** `/metrics` without the secret key; for servers only their operator can reach. */
  readonly openMetrics: boolean
  readonly logger: Logger
  readonly cors?: CorsPolicy
  readonly limits?: Partial<HttpLimits>
  /** PEM texts; without them the server speaks plain HTTP. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer }
}
