// Reads `nats_url`: where NATS is, who asks, and how the connection is secured, all in one text that may come from env().

export interface NatsAddress {
  readonly kind: 'nats-address'
  /** `host:port` of one server or of several of one NATS cluster. */
  readonly servers: readonly string[]
  readonly login:
    | { readonly kind: 'nobody' }
    | { readonly kind: 'token'; readonly token: string }
    | { readonly kind: 'user'; readonly user: string; readonly password: string }
  /** Files in PEM; null where the server decides whether there is TLS. */
  readonly tls: { readonly ca: string | null; readonly cert: string | null; readonly key: string | null } | null
}

/** What is wrong with a `nats_url`. */
export interface AddressProblem {
  readonly kind: 'problem'
  readonly problem: string
}

const PARAMETERS: ReadonlySet<string> = new Set(['ca', 'cert', 'key'])

/**
 * `nats://user:password@host:4222`, `nats://token@host`, or `tls://host?ca=…&cert=…&key=…` with paths of PEM files; several
 * servers are separated by commas, and the first says the login and the files.
 */
export function parseNatsUrl(text: string): NatsAddress | AddressProblem {
  const urls = text.split(',').map((part) => URL.parse(part.trim()))
  const [first] = urls
  if (first === undefined || first === null || !urls.every(isNats))
    return problem('must be an address such as nats://127.0.0.1:4222')
  const unknown = [...first.searchParams.keys()].find((name) => !PARAMETERS.has(name))
  if (unknown !== undefined) return problem(`knows ca, cert and key, but not ${unknown}`)
  if (first.protocol === 'nats:' && first.searchParams.size > 0) return problem('needs tls:// for ca, cert and key')
  if (first.searchParams.has('cert') !== first.searchParams.has('key')) return problem('needs cert and key together')
  return { kind: 'nats-address', servers: urls.map(serverOf), login: loginOf(first), tls: tlsOf(first) }
}

/** The address without its secrets, for the log. */
export function shownAddress({ servers, tls }: NatsAddress): string {
  return servers.map((server) => `${tls === null ? 'nats' : 'tls'}://${server}`).join(',')
}

function isNats(url: URL | null): url is URL {
  return url !== null && (url.protocol === 'nats:' || url.protocol === 'tls:') && url.hostname !== ''
}

function serverOf(url: URL): string {
  return `${url.hostname}:${url.port === '' ? '4222' : url.port}`
}

function loginOf({ username, password }: URL): NatsAddress['login'] {
  if (username === '') return { kind: 'nobody' }
  if (password === '') return { kind: 'token', token: decodeURIComponent(username) }
  return { kind: 'user', user: decodeURIComponent(username), password: decodeURIComponent(password) }
}

function tlsOf({ protocol, searchParams }: URL): NatsAddress['tls'] {
  if (protocol !== 'tls:') return null
  return { ca: searchParams.get('ca'), cert: searchParams.get('cert'), key: searchParams.get('key') }
}

function problem(sentence: string): AddressProblem {
  return { kind: 'problem', problem: sentence }
}
