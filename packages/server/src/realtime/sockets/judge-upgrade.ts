// Whether a request for a socket gets one: the path, the serializer, the page it comes from, the key, the number of
// sockets and of joins. Refuses `realtime.*` and `token.*`.

import type { IncomingMessage } from 'node:http'

import type { Gate } from '../../identity/create-identify.ts'
import type { Identity } from '../../identity/identity.ts'
import { isRefusal, Refusal, type RefusalCode } from '../../refusal/refusal.ts'
import type { RealtimeConfig } from '../config.ts'
import { assertExpiring } from '../limits/assert-expiring.ts'
import type { Rate } from '../limits/rate.ts'
import type { Vsn } from './connection.ts'
import { isOriginAllowed } from './origin-allowed.ts'

/** Without a query parameter, as upstream. */
const DEFAULT_VSN = '1.0.0'
/** A proxy may send the absolute form (RFC 9112 §3.2.2). */
const PATH = /^(?:https?:\/\/[^/]*)?\/realtime\/v1\/websocket\/?$/i

export interface Judges {
  readonly gate: Pick<Gate, 'identify' | 'checkApiKey' | 'checkBrowser'>
  readonly config: RealtimeConfig
  /** Sockets that are open. */
  readonly open: () => number
  /** Of all sockets: while it is at its limit, one more could not join anything. */
  readonly joins: Pick<Rate, 'isReached' | 'limit'>
}

export interface Admitted {
  readonly vsn: Vsn
  /** Whom the key makes of the caller; channels that show no token of their own are hers. */
  readonly identity: Identity
}

/** Judges the request. The key is looked at before the numbers, so that strangers learn nothing. */
export async function judgeUpgrade(request: IncomingMessage, judges: Judges): Promise<Admitted> {
  const { url = '' } = request
  const [path = ''] = url.split('?', 1)
  const parameters = new URLSearchParams(url.slice(path.length + 1))
  const { origin } = request.headers
  if (!PATH.test(path)) throw new Refusal('realtime.not-found', { path })
  if (!isOriginAllowed(origin, judges.config.origins)) {
    throw new Refusal('realtime.origin-foreign', { origin: origin ?? '' })
  }
  const vsn = versionOf(parameters.get('vsn') ?? DEFAULT_VSN)
  const identity = await identityOf(request, parameters.get('apikey'), judges.gate)
  const { sockets } = judges.config.limits
  if (judges.open() >= sockets) throw new Refusal('realtime.too-many-sockets', { limit: sockets })
  if (judges.joins.isReached) throw new Refusal('realtime.too-many-joins', { limit: judges.joins.limit })
  return { vsn, identity }
}

function versionOf(vsn: string): Vsn {
  if (vsn === '1.0.0' || vsn === '2.0.0') return vsn
  throw new Refusal('realtime.version-unsupported', { vsn })
}

/** `x-api-key` beats `apikey` in the query; browsers can set the latter alone. */
async function identityOf(
  { headers }: IncomingMessage,
  queryKey: string | null,
  gate: Judges['gate'],
): Promise<Identity> {
  const shown = headers['x-api-key'] ?? headers['apikey'] ?? queryKey ?? ''
  const apikey = Array.isArray(shown) ? (shown[0] ?? '') : shown
  if (apikey === '') {
    const fix = 'Send the project’s publishable key as the query parameter `apikey` or the header `x-api-key`.'
    throw new Refusal('token.api-key-missing', {}, { fix })
  }
  const credentials = { authorization: undefined, apikey }
  gate.checkBrowser(credentials, headers['user-agent'])
  gate.checkApiKey(apikey)
  try {
    return assertExpiring(await gate.identify(credentials))
  } catch (thrown) {
    throw isRefusal(thrown) && NO_TOKEN.has(thrown.code) ? noKey(thrown) : thrown
  }
}

/** A key of a project's first generation is a token; a text that is not even one is no key at all. */
const NO_TOKEN: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['token.malformed', 'token.undecodable'])

function noKey(cause: unknown): Refusal {
  const fix = 'This apikey is no key of the project; `tenon status` prints those that are.'
  return new Refusal('token.api-key-unknown', { kind: 'legacy' }, { fix, cause })
}
