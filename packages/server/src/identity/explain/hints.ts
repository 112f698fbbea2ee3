// What surprises people about tokens that are fine, and about those that are not.

import type { AnyRefusal } from '../../refusal/refusal.ts'
import type { Examination } from '../verify/examination.ts'
import { isHmac } from '../keys/verification-key.ts'

const uuid = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

/** Hints for one examined token, most useful first. Claims may be unverified here. */
export function hintsFor(
  seen: Examination,
  claims: Readonly<Record<string, unknown>>,
  problem: AnyRefusal | null,
): string[] {
  const hints: string[] = []
  const { sub, role, o, org_id: orgId } = claims
  if (role === undefined) {
    hints.push(
      'No role claim: the token runs as the default role, usually anon. In Clerk, add { "role": "authenticated" } under Sessions → Customize session token, or use Connect with Supabase; or set default_role for the issuer.',
    )
  }
  if (typeof sub === 'string' && !uuid.test(sub)) {
    hints.push(
      "auth.uid() casts sub to uuid and raises an error for this one, which is text; write (select auth.jwt()->>'sub') in policies.",
    )
  }
  if (o !== undefined && orgId === undefined) {
    hints.push(
      "Organisation claims are in version 2's form, under o: auth.jwt()->'o'->>'id' and auth.jwt()->'o'->>'rol' (admin, not org:admin). Policies that read org_id or org_role see null.",
    )
  }
  if (
    isHmac(seen.algorithm) &&
    (problem?.code === 'token.signature-invalid' || problem?.code === 'token.algorithm-mismatch')
  ) {
    hints.push(
      `${seen.algorithm} with an unknown secret: an old Clerk JWT template? Its signing key must be this project's JWT secret.`,
    )
  }
  if (claims['sts'] === 'pending')
    hints.push('The Clerk session is pending (sts): the user has not finished signing in.')
  return hints
}
