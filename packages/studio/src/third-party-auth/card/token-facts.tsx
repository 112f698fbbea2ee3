// What became of an issuer's tokens since the server started, with what to do about those without a role.

import { Facts } from '../../ui/display/facts.tsx'
import { Moment } from '../../ui/words/moment.tsx'
import type { Integration } from '../integration.ts'

interface TokenFactsProps extends Pick<Integration, 'tokens' | 'type' | 'defaultRole'> {}

export function TokenFacts({ tokens, type, defaultRole }: TokenFactsProps) {
  const { lastSeen, accepted, withoutRole, refused } = tokens
  const words = refused.map(({ reason, count }) => `${reason} (${count})`).join(', ')
  return (
    <>
      <Facts
        facts={[
          ['Last token seen', <Moment iso={lastSeen} otherwise="none since the server started" />],
          ['Tokens accepted', `${accepted}`],
          ['Without a role claim', `${withoutRole}`],
          ['Refused', words === '' ? 'none' : words],
        ]}
      />
      {withoutRole > 0 && defaultRole === null && (
        <p className="rounded-md bg-warning-soft px-3 py-2 text-sm text-warning">
          {withoutRole} of {accepted} tokens had no role claim, and were taken for visitors (anon).{' '}
          {type === 'clerk'
            ? 'In Clerk, use Connect with Supabase, or add "role": "authenticated" under Sessions → Customize session token. '
            : 'Let the issuer add "role": "authenticated" to its tokens. '}
          Or set a default role here.
        </p>
      )}
    </>
  )
}
