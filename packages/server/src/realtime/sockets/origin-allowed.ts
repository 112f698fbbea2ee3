// Which pages may open a socket. Programs send no Origin and pass; what protects the data is the key and the token.

const LOOPBACK = /^https?:\/\/(?:localhost|[\w-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/

/** Pages of this machine, and of the origins that are configured. */
export function isOriginAllowed(origin: string | undefined, allowed: '*' | readonly string[]): boolean {
  if (origin === undefined || allowed === '*') return true
  return allowed.includes(origin) || LOOPBACK.test(origin)
}
