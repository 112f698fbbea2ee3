// What shapes an instance: what its operator configured at start, overlaid by what was changed since
// through the Backend API or the dashboard.

import type { JsonObject } from '../../tokens/json.ts'
import { type SessionTokenShape, sessionTokenDefaults } from '../../tokens/session-claims.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { OidcProviderSettings } from '../../federation/provider-settings.ts'
import type { WebhookSettings } from '../../outbox/webhooks/configure-endpoints.ts'
import { type AuthenticationSettings, defaultAuthentication } from './authentication-settings.ts'
import type { Seed } from '../seed/parse-seed.ts'

export const tokenVersions = ['v1', 'v2'] as const

type Environment = 'development' | 'production'

/** One instance, as its operator configures it. */
export interface InstanceSettings {
  /** `default` answers at `/`, any other at `/instances/<name>`. Letters, digits and dashes. */
  readonly name: string
  /** The Frontend API host the publishable key encodes; the issuer is `https://<domain>`. */
  readonly domain: string
  /** What Backend API callers authenticate with; also what tells instances apart. */
  readonly secretKey: string
  readonly environment?: Environment
  /** "Connect with Supabase": session tokens carry `role: authenticated`. */
  readonly connectedToSupabase?: boolean
  /** With it, a connected instance has the JWT template `supabase`, signed HS256 with this secret. */
  readonly supabaseJwtSecret?: string
  readonly tokenVersion?: 'v1' | 'v2'
  /** The version-1 `org_*` claims beside the version-2 ones. On by default when connected. */
  readonly legacyOrganizationClaims?: boolean
  /** "Customize session token": claims, shortcodes allowed. */
  readonly sessionClaims?: JsonObject
  /** How people sign up and in; what is left out keeps its default. */
  readonly authentication?: Partial<AuthenticationSettings>
  readonly organizations?: Partial<OrganizationSettings>
  /** What people know the application by; the domain's first label, as words, when left out. */
  readonly applicationName?: string
  /** Origins other than loopback that browsers may come from, for example `https://app.example.com`. */
  readonly allowedOrigins?: readonly string[]
  /** Applied at every start; see `parseSeed`. */
  readonly seed?: Seed
  /** Who is told of events; see `configureEndpoints`. Endpoints configured before and missing here are removed. */
  readonly webhooks?: readonly WebhookSettings[]
  /** Providers to sign in with for real. Without one, `google` and `github` are stand-ins of this server. */
  readonly oidcProviders?: readonly OidcProviderSettings[]
}

/** What may be changed while the instance runs. Kept as JSON in `clerk.instances.settings`. */
export interface ChangeableSettings {
  readonly tokenVersion: 'v1' | 'v2'
  readonly legacyOrganizationClaims: boolean
  readonly connectedToSupabase: boolean
  readonly sessionClaims: JsonObject
  readonly allowedOrigins: readonly string[]
  readonly testMode: boolean
  readonly supportEmail: string | null
  /** Countries (ISO 3166-1 alpha-2) that text messages are not meant for; kept, not enforced. */
  readonly blockedCountryCodes: readonly string[]
  readonly oauthApplications: OAuthServerSettings
  readonly organizations: OrganizationSettings
  readonly authentication: AuthenticationSettings
  readonly restrictions: Restrictions
}

/** Settings to lay over the present ones; of `authentication`, those that differ from what is configured. */
export type SettingsChange = Partial<Omit<ChangeableSettings, 'authentication'>> & {
  readonly authentication?: Partial<AuthenticationSettings>
}

export interface OrganizationSettings {
  readonly enabled: boolean
  /** 0 is no limit. */
  readonly maxAllowedMemberships: number
  readonly adminDeleteEnabled: boolean
  readonly creatorRole: string
  /** People without an active organization are sent to choose one: a session task. */
  readonly forceSelection: boolean
  readonly domainsEnabled: boolean
  readonly enrollmentModes: readonly ('manual_invitation' | 'automatic_invitation' | 'automatic_suggestion')[]
  /** The role of who joins through a domain. */
  readonly defaultRole: string
  readonly slugDisabled: boolean
}

/** What the instance's OAuth server allows. */
export interface OAuthServerSettings {
  /** Anybody may register an application (RFC 7591). */
  readonly dynamicRegistration: boolean
}

interface Restrictions {
  readonly allowlist: boolean
  readonly blocklist: boolean
  readonly blockEmailSubaddresses: boolean
  readonly blockDisposableEmailDomains: boolean
  readonly ignoreDotsForGmailAddresses: boolean
  /** The lists are asked about sign-ups alone. */
  readonly allowlistBlocklistDisabledOnSignIn: boolean
}

export const defaultOrganizations: OrganizationSettings = {
  enabled: true,
  maxAllowedMemberships: 0,
  adminDeleteEnabled: true,
  creatorRole: 'org:admin',
  forceSelection: false,
  domainsEnabled: false,
  enrollmentModes: [],
  defaultRole: 'org:member',
  slugDisabled: false,
}

/** Clerk advises at most 1.2 KB of custom claims, because the whole token has to fit a 4 KB cookie. */
export const sessionClaimsMostBytes = 1228

/** The settings in force. */
export function settingsInForce(configured: InstanceSettings, changed: SettingsChange): ChangeableSettings {
  const connected = configured.connectedToSupabase ?? false
  return {
    tokenVersion: configured.tokenVersion ?? 'v2',
    legacyOrganizationClaims: configured.legacyOrganizationClaims ?? changed.connectedToSupabase ?? connected,
    connectedToSupabase: connected,
    sessionClaims: configured.sessionClaims ?? {},
    allowedOrigins: configured.allowedOrigins ?? [],
    // Its code is known to everybody, so in production it has to be asked for, as at Clerk.
    testMode: configured.environment !== 'production',
    supportEmail: null,
    blockedCountryCodes: [],
    oauthApplications: { dynamicRegistration: false },
    restrictions: {
      allowlist: false,
      blocklist: false,
      blockEmailSubaddresses: false,
      blockDisposableEmailDomains: false,
      ignoreDotsForGmailAddresses: false,
      allowlistBlocklistDisabledOnSignIn: false,
    },
    ...changed,
    organizations: { ...defaultOrganizations, ...configured.organizations, ...changed.organizations },
    authentication: { ...configuredAuthentication(configured), ...changed.authentication },
  }
}

/** How people sign up and in before anything was changed. */
export function configuredAuthentication({ authentication }: InstanceSettings): AuthenticationSettings {
  return { ...defaultAuthentication, ...authentication }
}

/** The enrollment modes that domains may have: by hand always, and those that are turned on. */
export function allowedModes({ enrollmentModes }: OrganizationSettings): OrganizationSettings['enrollmentModes'] {
  return [...new Set(['manual_invitation' as const, ...enrollmentModes])]
}

/** The session-token shape the settings ask for. */
export function sessionTokenShape(settings: ChangeableSettings): SessionTokenShape {
  const connection = settings.connectedToSupabase ? { role: 'authenticated' } : {}
  return {
    version: settings.tokenVersion,
    legacyOrganizationClaims: settings.legacyOrganizationClaims,
    customClaims: { ...connection, ...settings.sessionClaims },
  }
}

/** Refuses custom session claims that name a default claim or outgrow the cookie's share. */
export function requireSessionClaims(claims: JsonObject): void {
  const reserved = Object.keys(claims).find((claim) => sessionTokenDefaults.has(claim))
  if (reserved !== undefined) throw new ClerkRefusal('jwt_template_reserved_claim', { claim: reserved })
  if (Buffer.byteLength(JSON.stringify(claims)) > sessionClaimsMostBytes) {
    throw new ClerkRefusal('form_param_exceeds_allowed_size', { param: 'claims', mostBytes: sessionClaimsMostBytes })
  }
}
