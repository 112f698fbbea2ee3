// The address under which an upload goes on, as the client reaches this server: proxies tell how they were asked.

import type { IncomingHttpHeaders } from 'node:http'

interface Address {
  readonly proto: string
  /** With its port, where it has one. */
  readonly host: string
  /** Of the endpoint at which the upload began. */
  readonly path: string
  /** As it stands in a URL. */
  readonly id: string
}

/** Absolute. Heeds `X-Forwarded-Port` and `X-Forwarded-Prefix`; `proto` and `host` are what is left of the others. */
export function locationOf({ proto, host, path, id }: Address, headers: IncomingHttpHeaders): string {
  const forwarded = headers['x-forwarded-host'] === undefined ? host : withPort(host, headers['x-forwarded-port'])
  return `${proto}://${forwarded}${prefixOf(headers['x-forwarded-prefix'], path)}${path}/${id}`
}

function withPort(host: string, port: string | string[] | undefined): string {
  if (typeof port !== 'string' || !/^\d+$/.test(port) || port === '80' || port === '443') return host
  return `${host.replace(/:\d+$/, '')}:${port}`
}

/** What a proxy took off the path. One that only says where it passes on to took off nothing. */
function prefixOf(prefix: string | string[] | undefined, path: string): string {
  if (typeof prefix !== 'string' || !/^(?:\/[\w.~-]+)+\/*$/.test(prefix)) return ''
  const trimmed = prefix.replace(/\/+$/, '')
  return path.startsWith(`${trimmed}/`) ? '' : trimmed
}
