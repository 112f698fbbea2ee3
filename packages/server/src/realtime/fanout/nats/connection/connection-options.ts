// An address in the form that NATS' client takes, with what keeps the connection for ever.

import type { NodeConnectionOptions } from '@nats-io/transport-node'

import type { NatsAddress } from './nats-address.ts'

/** Milliseconds between attempts to connect. */
export const RETRY = 250

/** Milliseconds that one attempt may take. */
const CONNECT_TIMEOUT = 2000

/** A connection that answers no ping within two of these is dead. Milliseconds. */
const PING = 1000

/** `name` is shown by NATS' own monitoring. */
export function connectionOptions({ servers, login, tls }: NatsAddress, name: string): NodeConnectionOptions {
  return {
    servers: [...servers],
    name,
    noEcho: true,
    timeout: CONNECT_TIMEOUT,
    pingInterval: PING,
    maxPingOut: 2,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RETRY,
    ignoreAuthErrorAbort: true,
    ...(login.kind === 'token' && { token: login.token }),
    ...(login.kind === 'user' && { user: login.user, pass: login.password }),
    ...(tls !== null && {
      tls: {
        ...(tls.ca !== null && { caFile: tls.ca }),
        ...(tls.cert !== null && { certFile: tls.cert }),
        ...(tls.key !== null && { keyFile: tls.key }),
      },
    }),
  }
}
