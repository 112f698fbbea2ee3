// libpq's connection strings, as URI and as `keyword=value`
// (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING).

/** Connection parameters by libpq's keywords. */
export type ConnectionKeywords = ReadonlyMap<string, string>

/** What libpq knows. Those that mean nothing to us are taken and ignored. */
const known = new Set(
  [
    'host hostaddr port dbname user password passfile options application_name fallback_application_name',
    'connect_timeout client_encoding sslmode sslcert sslkey sslpassword sslrootcert sslcrl sslcrldir sslsni',
    'sslcompression sslcertmode sslnegotiation ssl_min_protocol_version ssl_max_protocol_version requiressl ssl',
    'keepalives keepalives_idle keepalives_interval keepalives_count tcp_user_timeout target_session_attrs',
    'load_balance_hosts channel_binding require_auth gssencmode gsslib gssdelegation krbsrvname requirepeer',
    'min_protocol_version max_protocol_version replication service',
  ].flatMap((words) => words.split(' ')),
)

/** Throws SyntaxError with libpq's reason; never repeats the string, which may hold a password. */
export function parseConnectionString(text: string): ConnectionKeywords {
  const uri = /^postgres(?:ql)?:\/\/(.*)$/s.exec(text)?.[1]
  const keywords = uri === undefined ? parsePairs(text) : parseUri(uri)
  for (const keyword of keywords.keys()) {
    if (!known.has(keyword)) throw new SyntaxError(`db-uri: invalid connection option "${keyword}"`)
  }
  return keywords
}

/** `user:password@host:port,host:port/dbname?keyword=value`, every part optional. */
function parseUri(text: string): Map<string, string> {
  const keywords = new Map<string, string>()
  const set = (keyword: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') keywords.set(keyword, decode(value))
  }
  const [, user, password, rest = ''] = /^(?:([^:/@]*)(?::(.*?))?@(?=[^@]*$|[^@/]*(?:[/?]|$)))?(.*)$/s.exec(text) ?? []
  const [, hosts = '', database, query = ''] = /^([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(rest) ?? []
  set('user', user)
  set('password', password)
  const places = hosts.split(',').map(splitPlace)
  set('host', places.map(({ host }) => host).join(','))
  if (places.some(({ port }) => port !== '')) set('port', places.map(({ port }) => port).join(','))
  set('dbname', database)
  for (const pair of query === '' ? [] : query.split('&')) {
    const [, keyword = '', value] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
    if (value === undefined) throw new SyntaxError('db-uri: missing key/value separator "=" in URI query parameter')
    keywords.set(decode(keyword), decode(value))
  }
  if (keywords.get('ssl') === 'true') keywords.set('sslmode', 'require')
  return keywords
}

function splitPlace(place: string): { readonly host: string; readonly port: string } {
  const [, literal, plain = '', port = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(place) ?? []
  return { host: literal ?? plain, port }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new SyntaxError('db-uri: invalid percent-encoded token')
  }
}

const pair = /\s*([^=\s]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s\\']|\\.)*))(?=\s|$)\s*/sy

function parsePairs(text: string): Map<string, string> {
  const keywords = new Map<string, string>()
  let at = 0
  while (at < text.length) {
    pair.lastIndex = at
    const match = pair.exec(text)
    if (match === null) throw new SyntaxError('db-uri: neither a URI nor keyword=value pairs, or a quote is not closed')
    const [whole, keyword = '', quoted, bare = ''] = match
    keywords.set(keyword, (quoted ?? bare).replaceAll(/\\(.)/gs, '$1'))
    at += whole.length
  }
  return keywords
}
