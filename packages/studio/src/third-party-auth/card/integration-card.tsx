// One integration: whose it is, whether its keys can be had, and what its tokens were.

import { Link } from '@tanstack/react-router'
import { RefreshCw } from 'lucide-react'

import { Button } from '../../ui/button.tsx'
import { Badge, type Tone } from '../../ui/display/badge.tsx'
import { Facts } from '../../ui/display/facts.tsx'
import { Moment } from '../../ui/words/moment.tsx'
import { Card } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { providerOf } from '../adding/providers.ts'
import type { Integration } from '../integration.ts'
import { useCheck } from '../queries.ts'
import { ChangeRules } from './change-rules.tsx'
import { IssuerKeys } from './issuer-keys.tsx'
import { RemoveIntegration } from './remove-integration.tsx'
import { TokenFacts } from './token-facts.tsx'

const states: Readonly<Record<Integration['check']['state'], { readonly tone: Tone; readonly words: string }>> = {
  ok: { tone: 'good', words: 'Keys found' },
  unreachable: { tone: 'danger', words: 'Cannot be reached' },
  bad: { tone: 'danger', words: 'Wrong answer' },
  waiting: { tone: 'neutral', words: 'Not asked yet' },
}

const origins: Readonly<Record<Integration['keysFrom'], string>> = {
  discovery: 'OpenID discovery',
  'jwks-url': 'Its JWKS URL',
  file: 'supabase/config.toml',
  'this-machine': 'This machine, never the network',
}

export function IntegrationCard({ integration }: { readonly integration: Integration }) {
  const { id, type, issuer, name, builtIn, check, keys, tokens, monthlyActiveUsers } = integration
  const checking = useCheck(id)
  const { tone, words } = states[check.state]
  const inFile = builtIn?.inFile !== false
  const label = issuer ?? name
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          {providerOf(type).label}
          <Badge tone={checking.isFetching ? 'neutral' : tone}>{checking.isFetching ? 'Checking…' : words}</Badge>
          {builtIn !== null && <Badge tone="brand">Built-in instance</Badge>}
        </span>
      }
      actions={
        <>
          <Button size="sm" aria-label={`Check again: ${label}`} onClick={() => void checking.refetch()}>
            <RefreshCw aria-hidden /> Check again
          </Button>
          {inFile && <ChangeRules integration={integration} label={label} />}
          {inFile && <RemoveIntegration integration={integration} label={label} />}
        </>
      }
    >
      <RefusalNote error={checking.error} />
      {check.error !== null && !checking.isFetching && (
        <p className="rounded-md bg-danger-soft px-3 py-2 text-sm break-words text-danger">{check.error}</p>
      )}
      <Facts
        facts={[
          [issuer === null ? 'Name' : 'Issuer', <code className="font-mono text-xs break-all">{label}</code>],
          ['Keys come from', <Origin integration={integration} />],
          ['Keys last fetched', <Moment iso={check.lastSuccess} otherwise="not yet" />],
          ['Roles', <Roles integration={integration} />],
          ['Monthly active users', `${monthlyActiveUsers}`],
        ]}
      />
      {builtIn !== null && <BuiltInNote builtIn={builtIn} />}
      <TokenFacts tokens={tokens} type={type} defaultRole={integration.defaultRole} />
      <IssuerKeys keys={keys} label={label} />
    </Card>
  )
}

function Origin({ integration: { keysFrom, check } }: { readonly integration: Integration }) {
  return (
    <>
      {origins[keysFrom]}
      {check.url !== null && <code className="block font-mono text-xs break-all text-quiet">{check.url}</code>}
    </>
  )
}

function Roles({ integration: { allowedRoles, defaultRole } }: { readonly integration: Integration }) {
  return (
    <>
      {allowedRoles.join(', ')}; without a role claim {defaultRole ?? 'anon'}
    </>
  )
}

function BuiltInNote({ builtIn }: { readonly builtIn: NonNullable<Integration['builtIn']> }) {
  const { instance, connected, inFile } = builtIn
  return (
    <p className="text-sm text-quiet">
      The Clerk instance “{instance}” of this stack.{' '}
      {inFile
        ? 'It is trusted because supabase/config.toml names its domain.'
        : 'It is trusted because it starts connected; supabase/config.toml need not name it.'}{' '}
      {inFile && !connected && 'Whether its tokens carry a role is the other half: '}
      {inFile && !connected && (
        <Link
          to="/clerk/$instance/connect-supabase"
          params={{ instance }}
          className="rounded text-brand underline underline-offset-2"
        >
          Connect with Supabase
        </Link>
      )}
    </p>
  )
}
