// The outermost stage: sockets in, answers out. It may refuse a request for its form (400, 405, 408, 413, 414, 431),
// its path (404) and its API key (401); everything else is the doors'.

import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { openFastifyDoors } from './doors/fastify-doors.ts'
import { Gateway } from './gateway/gateway.ts'
import { acceptUpgrades } from './gateway/upgrades.ts'
import { defaultLimits } from './http-options.ts'
import type { HttpLimits, HttpServerOptions } from './http-options.ts'
import { drain, trackSilent } from './lifecycle/drain.ts'
import { endSocket } from './lifecycle/refuse-connection.ts'

export interface HttpServer {
  /** Port 0 takes any; rejects with node's error (`EADDRINUSE`, `EACCES`) where it cannot listen. */
  listen(port: number, host: string): Promise<AddressInfo>
  /** Answers what another server of this process has judged: no cross-origin rules, and no secret key to show. */
  readonly handleAdmitted: RequestListener
  /**
   * Stops accepting and finishes what is in flight. True where all of it ended within `deadline` milliseconds;
   * the rest is broken off.
   */
  close(deadline: number): Promise<boolean>
}

/** Puts the server together; it listens once told. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const limits: HttpLimits = { ...defaultLimits, ...options.limits }
  const server = openServer(options, limits)
  const gateway = new Gateway(options, limits)
  const doors = await openFastifyDoors({
    server,
    limits,
    options,
    idOf: (request) => gateway.exchangeOf(request).id,
    noteIdentity: (request, identity) => {
      gateway.exchangeOf(request).identity = identity
    },
  })
  const silent = trackSilent(server)
  const upgraded = new Set<Duplex>()
  gateway.serveOthersBy(doors.handle)
  server.on('request', gateway.handle)
  server.on('checkContinue', gateway.handle)
  server.on('connect', (_request, socket: Duplex) => endSocket(socket, 405, { message: 'This is no proxy' }))
  server.on('upgrade', acceptUpgrades(options, upgraded))
  return {
    listen: (port, host) => listenOn(server, port, host),
    handleAdmitted: gateway.handleAdmitted,
    async close(deadline) {
      gateway.announceClosing()
      const ended = server.listening ? await drain(server, { silent, upgraded }, deadline) : true
      await doors.fastify.close()
      return ended
    },
  }
}

function openServer(options: HttpServerOptions, limits: HttpLimits): Server {
  const settings = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeout,
    // The gateway bounds bodies, each door's as it needs.
    requestTimeout: 0,
    keepAliveTimeout: limits.keepAliveTimeout,
    connectionsCheckingInterval: Math.min(limits.headersTimeout, CHECKING_INTERVAL),
    noDelay: true,
  }
  return options.tls === undefined ? createServer(settings) : createTlsServer({ ...settings, ...options.tls })
}

const CHECKING_INTERVAL = 5_000

function listenOn(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server.address() as AddressInfo)
    })
  })
}
