// Addresses to listen on and addresses to reach are not the same.

import type { ApiConfig } from '../config/project-config.ts'

/** Where a client on this machine reaches a server that listens on `host`. */
export function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** Where clients on this machine reach the API. */
export function apiUrl({ host, port, tls }: Pick<ApiConfig, 'host' | 'port' | 'tls'>): string {
  return `${tls === null ? 'http' : 'https'}://${urlHost(host)}:${port}`
}
