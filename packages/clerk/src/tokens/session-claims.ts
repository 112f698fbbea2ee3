// The claims of a session token, exactly as Clerk's versions 1 and 2 have them. Pure: the moment, the
// token's id and the subject come in as values.

import { type Json, type JsonObject } from './json.ts'
import { organizationClaimsV1, organizationClaimsV2 } from './organization-claims.ts'
import { hasShortcodes, renderClaims } from './shortcodes/render-claims.ts'
import { shortcodeScope } from './shortcodes/shortcode-scope.ts'
import type { SessionSubject, TokenSubject } from './token-subject.ts'

/** How an instance shapes its session tokens. */
export interface SessionTokenShape {
  readonly version: 'v1' | 'v2'
  /** Puts the version-1 `org_*` claims beside the version-2 ones. Means nothing under `v1`, which has them anyway. */
  readonly legacyOrganizationClaims: boolean
  /** "Customize session token": extra claims, rendered already. They never replace a default claim. */
  readonly customClaims: JsonObject
}

/** What is true at the moment of issue. Seconds, except `nowMilliseconds`. */
export interface Issue {
  readonly nowMilliseconds: number
  readonly lifetimeSeconds: number
  readonly issuer: string
  /** The origin the token is for; left out when nobody said. */
  readonly authorizedParty: string | null
  readonly tokenId: string
}

/** Clock skew allowed on a session token: `nbf` lies this many seconds before `iat`. */
const notBeforeSkewSeconds = 10

/** Claims that customisation may not set, whether or not this very token carries them. */
export const sessionTokenDefaults: ReadonlySet<string> = new Set([
  'azp',
  'exp',
  'fva',
  'iat',
  'iss',
  'jti',
  'nbf',
  'sid',
  'sub',
  'sts',
  'v',
  'pla',
  'fea',
  'o',
  'act',
  'org_id',
  'org_role',
  'org_slug',
  'org_permissions',
])

/** A shape whose custom claims name nothing that only a token's subject can tell. */
export function namesNoSubject(shape: SessionTokenShape): boolean {
  return !hasShortcodes(shape.customClaims)
}

/** The shape with its custom claims' shortcodes filled in for a subject. */
export function renderedFor(subject: TokenSubject, shape: SessionTokenShape): SessionTokenShape {
  return { ...shape, customClaims: renderClaims(shape.customClaims, shortcodeScope(subject)) }
}

/** The payload of a session token. */
export function sessionClaims(subject: SessionSubject, shape: SessionTokenShape, issue: Issue): JsonObject {
  const now = Math.floor(issue.nowMilliseconds / 1000)
  const ageOf = (verifiedAt: number | null) => minutesSince(verifiedAt, issue.nowMilliseconds)
  const common = {
    ...(subject.actor === null ? {} : { act: subject.actor }),
    ...(issue.authorizedParty === null ? {} : { azp: issue.authorizedParty }),
    exp: now + issue.lifetimeSeconds,
    fva: [ageOf(subject.firstFactorVerifiedAt), ageOf(subject.secondFactorVerifiedAt)],
    iat: now,
    iss: issue.issuer,
    nbf: now - notBeforeSkewSeconds,
    sid: subject.sessionId,
    sub: subject.user.id,
  }
  return { ...withoutDefaults(shape.customClaims), ...common, ...versionClaims(subject, shape, issue) }
}

function versionClaims(subject: SessionSubject, shape: SessionTokenShape, issue: Issue): JsonObject {
  if (shape.version === 'v1') return organizationClaimsV1(subject.organization)
  return {
    fea: '',
    jti: issue.tokenId,
    pla: 'u:free',
    sts: subject.sessionStatus,
    v: 2,
    ...organizationClaimsV2(subject.organization),
    ...(shape.legacyOrganizationClaims ? organizationClaimsV1(subject.organization) : {}),
  }
}

/** Whole minutes since a factor was verified; -1 when it never was. */
export function minutesSince(verifiedAt: number | null, now: number): number {
  return verifiedAt === null ? -1 : Math.max(0, Math.floor((now - verifiedAt) / 60_000))
}

function withoutDefaults(claims: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(claims).filter((claim: readonly [string, Json]) => !sessionTokenDefaults.has(claim[0])),
  )
}
