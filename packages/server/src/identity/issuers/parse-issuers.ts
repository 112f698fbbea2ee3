// From `[auth.third_party.*]` to issuers. The five known providers keep Supabase's form; any other name is an
// issuer of its own: `issuer_url`, `jwks_url` or `jwks`. Unlike upstream, any number may be enabled at once.

import { flagField, listField, textField, urlField, type IssuerTable } from './config-fields.ts'
import { IssuerConfigError } from './issuer-config-error.ts'
import { normaliseIssuer, type Issuer, type KeyOrigin } from './issuer.ts'
import { knownProviders } from './known-providers.ts'

/** An identity provider running beside this server, whose keys lie at `jwksUrl` whatever its issuer's name resolves to. */
export interface LocalIssuer {
  readonly issuer: string
  readonly jwksUrl: string
  /** False: only where an entry of the configuration names the issuer. */
  readonly trusted?: boolean
}

interface ParseOptions {
  readonly localIssuers?: readonly LocalIssuer[]
}

const remoteCooldown = 30
/** On loopback a fetch costs nothing, and a restarted provider should be trusted at once. */
const localCooldown = 1

/**
 * Reads the parsed TOML table `auth.third_party` (env() already replaced) into issuers, local ones among them.
 * A local issuer needs no entry; an enabled entry of the same issuer lends it its rules. Throws IssuerConfigError.
 */
export function parseIssuers(thirdParty: unknown, options: ParseOptions = {}): readonly Issuer[] {
  const locals = new Map((options.localIssuers ?? []).map((local) => [normaliseIssuer(local.issuer), local]))
  const issuers = tablesOf(thirdParty).flatMap(parseTable)
  refuseDuplicates(issuers)
  const configured = issuers.map((issuer) => withLocalKeys(issuer, locals))
  const known = new Set(configured.map((issuer) => issuer.issuer))
  const added = [...locals.values()].filter(
    ({ issuer, trusted = true }) => trusted && !known.has(normaliseIssuer(issuer)),
  )
  return [...configured, ...added.map(localIssuer)]
}

function tablesOf(thirdParty: unknown): readonly IssuerTable[] {
  if (thirdParty === undefined || thirdParty === null) return []
  if (!isTable(thirdParty)) throw new IssuerConfigError('auth.third_party must be a table.')
  return Object.entries(thirdParty).map(([name, fields]) => {
    if (isTable(fields)) return { name, fields }
    throw new IssuerConfigError(`auth.third_party.${name} must be a table.`)
  })
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseTable(table: IssuerTable): readonly Issuer[] {
  const derive = knownProviders.get(table.name)
  if (!flagField(table, 'enabled', derive === undefined)) return []
  if (derive === undefined) return [parseOwnForm(table)]
  return derive(table).map(({ issuer, jwksFallback }) =>
    makeIssuer(table, issuer, { kind: 'discovery', url: issuer, jwksFallback }),
  )
}

function parseOwnForm(table: IssuerTable): Issuer {
  const issuerUrl = urlField(table, 'issuer_url')
  const issuer = issuerUrl === '' ? null : normaliseIssuer(issuerUrl)
  const jwksUrl = urlField(table, 'jwks_url')
  const inline = table.fields['jwks']
  if (jwksUrl !== '' && inline !== undefined) {
    throw new IssuerConfigError(`auth.third_party.${table.name} has both jwks_url and jwks; keep one.`)
  }
  if (inline !== undefined) return makeIssuer(table, issuer, { kind: 'inline', jwks: parseJwks(table, inline) })
  if (jwksUrl !== '') return makeIssuer(table, issuer, { kind: 'jwks-url', url: jwksUrl })
  if (issuer !== null) return makeIssuer(table, issuer, { kind: 'discovery', url: issuer, jwksFallback: null })
  throw new IssuerConfigError(
    `auth.third_party.${table.name} is enabled but without an issuer_url, a jwks_url or jwks.`,
  )
}

/** `jwks` may be a table or the JSON text of one. */
function parseJwks(table: IssuerTable, given: unknown): { readonly keys: readonly object[] } {
  const jwks = typeof given === 'string' ? parseJson(given) : given
  const keys = isTable(jwks) ? jwks['keys'] : undefined
  if (Array.isArray(keys) && keys.length > 0 && keys.every((key) => isTable(key))) return { keys }
  throw new IssuerConfigError(`auth.third_party.${table.name}.jwks must be a JSON Web Key Set with at least one key.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function makeIssuer(table: IssuerTable, issuer: string | null, keys: KeyOrigin): Issuer {
  const allowedRoles = listField(table, 'allowed_roles') ?? ['authenticated', 'anon']
  const defaultRole = textField(table, 'default_role')
  if (defaultRole !== '' && !allowedRoles.includes(defaultRole)) {
    throw new IssuerConfigError(
      `auth.third_party.${table.name}.default_role "${defaultRole}" is missing from its allowed_roles.`,
    )
  }
  return Object.freeze({
    kind: 'issuer',
    name: table.name,
    issuer,
    keys,
    allowedRoles,
    defaultRole: defaultRole === '' ? null : defaultRole,
    audience: listField(table, 'audience') ?? [],
    authorizedParties: listField(table, 'authorized_parties') ?? [],
    cooldown: remoteCooldown,
  })
}

function refuseDuplicates(issuers: readonly Issuer[]): void {
  const owners = new Map<string, string>()
  for (const { issuer, name } of issuers) {
    if (issuer === null) continue
    const owner = owners.get(issuer)
    if (owner !== undefined) {
      throw new IssuerConfigError(`auth.third_party.${owner} and auth.third_party.${name} both name ${issuer}.`)
    }
    owners.set(issuer, name)
  }
}

function withLocalKeys(issuer: Issuer, locals: ReadonlyMap<string, LocalIssuer>): Issuer {
  const local = issuer.issuer === null ? undefined : locals.get(issuer.issuer)
  if (local === undefined) return issuer
  return fromThisMachine(issuer, local)
}

function localIssuer(local: LocalIssuer): Issuer {
  const issuer = normaliseIssuer(local.issuer)
  const origin: KeyOrigin = { kind: 'jwks-url', url: local.jwksUrl }
  return fromThisMachine(makeIssuer({ name: 'clerk', fields: {} }, issuer, origin), local)
}

function fromThisMachine(issuer: Issuer, { jwksUrl }: LocalIssuer): Issuer {
  return Object.freeze({ ...issuer, keys: { kind: 'jwks-url' as const, url: jwksUrl }, cooldown: localCooldown })
}
