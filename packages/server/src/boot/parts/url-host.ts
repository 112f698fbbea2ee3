// Addresses to listen on and addresses to reach are not the same.

/** Where a client on this machine reaches a server that listens on `host`. */
export function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
