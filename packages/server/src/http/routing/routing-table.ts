// Which door stands behind which prefix, and what a caller must show before it. Data only.

export type DoorName = 'rest' | 'auth' | 'storage' | 'realtime' | 'functions' | 'graphql' | 'platform'

/**
 * `api-key`: an `apikey` of the project, where the project demands one. `door`: the door judges for itself.
 * `secret-key`: always a secret key, but for the open paths.
 */
export type KeyRule = 'api-key' | 'door' | 'secret-key'

export interface Route {
  readonly door: DoorName
  readonly prefix: string
  readonly key: KeyRule
  /** Paths below the prefix that browsers reach without any header. */
  readonly open: ReadonlySet<string>
  /** Paths below the prefix for which a guarded project demands a secret key. */
  readonly secret?: ReadonlySet<string>
  /** `streamed`: bodies may be larger than memory and take as long as they keep coming. */
  readonly bodies?: 'streamed'
}

const NONE: ReadonlySet<string> = new Set()

/** Supabase's gateway, as its self-hosted configuration draws it; `/platform/v1` is ours. */
export const routingTable: readonly Route[] = [
  // The root describes the whole schema.
  { door: 'rest', prefix: '/rest/v1', key: 'api-key', open: NONE, secret: new Set(['', '/']) },
  {
    door: 'auth',
    prefix: '/auth/v1',
    key: 'api-key',
    open: new Set([
      '/verify',
      '/callback',
      '/authorize',
      '/.well-known/jwks.json',
      '/.well-known/openid-configuration',
      '/.well-known/oauth-authorization-server',
      '/sso/saml/acs',
      '/sso/saml/metadata',
    ]),
  },
  { door: 'storage', prefix: '/storage/v1', key: 'door', open: NONE, bodies: 'streamed' },
  { door: 'realtime', prefix: '/realtime/v1', key: 'api-key', open: NONE },
  { door: 'functions', prefix: '/functions/v1', key: 'door', open: NONE },
  { door: 'graphql', prefix: '/graphql/v1', key: 'api-key', open: NONE },
  // A webhook shows its signature instead.
  { door: 'platform', prefix: '/platform/v1', key: 'secret-key', open: new Set(['/webhooks/clerk']) },
]

/** The route whose prefix is `path` or a folder above it; null for none. */
export function matchRoute(path: string): Route | null {
  for (const route of routingTable) {
    if (!path.startsWith(route.prefix)) continue
    const next = path.charCodeAt(route.prefix.length)
    if (Number.isNaN(next) || next === SLASH) return route
  }
  return null
}

const SLASH = 0x2f
