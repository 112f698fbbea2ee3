// The secret that signs tokens by HS256, as Clerk's JWT templates need it.

import { Link } from '@tanstack/react-router'

import { Secret } from '../../ui/display/copy.tsx'
import { Card } from '../../ui/display/page.tsx'
import type { ApiSettings } from '../queries.ts'
import { SourceBadge } from './source-badge.tsx'

export function JwtSettings({ keys: { jwtSecret } }: Pick<ApiSettings, 'keys'>) {
  return (
    <Card title="JWT Settings">
      <div className="flex min-w-0 flex-col gap-1.5">
        <h3 className="flex flex-wrap items-center gap-2 text-sm font-medium">
          JWT Secret <SourceBadge source={jwtSecret.source} />
        </h3>
        <p className="text-xs text-quiet">
          Signs the anon and service_role keys, and is the signing key of a JWT template in Clerk. Whoever knows it can
          be anybody here. It changes with [auth] jwt_secret in supabase/config.toml, at the next start.
        </p>
        <Secret label="JWT Secret" value={jwtSecret.value} />
      </div>
      <p className="text-sm">
        <Link to="/settings/signing-keys" className="rounded text-brand underline underline-offset-2">
          JWT Signing Keys
        </Link>
      </p>
    </Card>
  )
}
