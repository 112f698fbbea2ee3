// JWT templates: tokens whose claims the developer wrote, for a reader who is not Clerk.

import type { JsonObject } from './json.ts'
import type { Issue } from './session-claims.ts'
import { renderClaims } from './shortcodes/render-claims.ts'
import { shortcodeScope } from './shortcodes/shortcode-scope.ts'
import type { TokenSubject } from './token-subject.ts'

/** Claims every templated token carries by itself, which a template may not name. */
const templateReservedClaims: readonly string[] = ['azp', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sub']

/** The template Clerk offers for Supabase, whose tokens are signed with the project's own secret. */
export const supabaseTemplateClaims: JsonObject = {
  aud: 'authenticated',
  role: 'authenticated',
  email: '{{user.primary_email_address}}',
  app_metadata: {},
  user_metadata: {},
}

/** The payload of a templated token: the rendered claims and the automatic ones; no `sid`, `v`, `pla`, `fea` or `o`. */
export function templateClaims(
  subject: TokenSubject,
  claims: JsonObject,
  clockSkewSeconds: number,
  issue: Issue,
): JsonObject {
  const now = Math.floor(issue.nowMilliseconds / 1000)
  return {
    ...renderClaims(claims, shortcodeScope(subject)),
    ...(issue.authorizedParty === null ? {} : { azp: issue.authorizedParty }),
    exp: now + issue.lifetimeSeconds,
    iat: now,
    iss: issue.issuer,
    jti: issue.tokenId,
    nbf: now - clockSkewSeconds,
    sub: subject.user.id,
  }
}

/** The first reserved claim a template names, or null. */
export function reservedClaimIn(claims: JsonObject): string | null {
  return templateReservedClaims.find((claim) => Object.hasOwn(claims, claim)) ?? null
}
