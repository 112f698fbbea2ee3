// What goes wrong between a policy's text and the tokens of Clerk. Reads the text as Postgres prints it.

import type { Policy } from '../policy.ts'
import type { Finding } from './finding.ts'
import { withoutSubselects } from './without-subselects.ts'

interface Check extends Pick<Finding, 'name' | 'level' | 'message' | 'fix'> {
  readonly fires: (text: string) => boolean
}

const claimReader = /\bauth\.(?:jwt|uid|role|email)\(\)|\bcurrent_setting\(/
const v1 = /->> 'org_(?:id|role|slug|permissions)'|-> 'org_permissions'/
const v2 = /-> 'o'::text\)?\s*->>? '(?:id|rol|slg|per|fpm)'/
const ownerUuid = /\bowner\b(?!_id)/

const checks: readonly Check[] = [
  {
    name: 'auth_uid_with_external_issuer',
    level: 'warning',
    fires: (text) => /\bauth\.uid\(\)/.test(text),
    message: 'auth.uid() casts sub to uuid and raises an error for Clerk’s ids, which are text (user_…).',
    fix: "Write (select auth.jwt() ->> 'sub') and compare it with a text column.",
  },
  {
    name: 'clerk_org_claim_path',
    level: 'warning',
    fires: (text) => /->>? 'o\.(?:id|rol|slg)'/.test(text),
    message: "->> 'o.id' looks for a claim of that very name and is always null; the organisation lies under o.",
    fix: "Write coalesce(auth.jwt() ->> 'org_id', auth.jwt() -> 'o' ->> 'id').",
  },
  {
    name: 'clerk_org_claim_v1_only',
    level: 'warning',
    fires: (text) => v1.test(text) && !v2.test(text),
    message: 'Only the claims of version 1 are read (org_id, org_role); tokens of version 2 have them under o.',
    fix: "Write coalesce(auth.jwt() ->> 'org_id', auth.jwt() -> 'o' ->> 'id'); the role is o.rol, admin without org:.",
  },
  {
    name: 'clerk_org_claim_v2_only',
    level: 'info',
    fires: (text) => v2.test(text) && !v1.test(text),
    message: 'Only the claims of version 2 are read (o.id, o.rol); tokens of version 1 have org_id and org_role.',
    fix: "Write coalesce(auth.jwt() ->> 'org_id', auth.jwt() -> 'o' ->> 'id') where both may come.",
  },
  {
    name: 'rls_references_user_metadata',
    level: 'error',
    fires: (text) => text.includes("'user_metadata'") || text.includes("'unsafe_metadata'"),
    message: 'User metadata can be changed by its user and must not decide what she may do.',
    fix: 'Decide by public metadata, a role or a table instead.',
  },
  {
    name: 'auth_rls_initplan',
    level: 'info',
    fires: (text) => claimReader.test(withoutSubselects(text)),
    message: 'The claims are read anew for every row where no index applies.',
    fix: "Write (select auth.jwt() ->> 'sub'), which is read once.",
  },
  {
    name: 'storage_owner_uuid_in_policy',
    level: 'warning',
    fires: (text) => ownerUuid.test(text) && /'sub'|auth\.uid\(\)/.test(text),
    message: 'owner is a uuid and stays null for Clerk’s users.',
    fix: 'Compare owner_id, which is text.',
  },
]

/** What the expressions of one policy bring with them. */
export function findInExpressions({ name, using, check }: Policy): Finding[] {
  const text = [using, check].filter((expression) => expression !== null).join('\n')
  return checks
    .filter(({ fires }) => fires(text))
    .map(({ name: finding, level, message, fix }) => ({ name: finding, level, policy: name, message, fix }))
}
