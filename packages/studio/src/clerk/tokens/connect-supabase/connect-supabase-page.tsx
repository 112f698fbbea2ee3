// Connect with Supabase: one button, and what it changed.

import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Badge } from '../../../ui/display/badge.tsx'
import { CopyValue } from '../../../ui/display/copy.tsx'
import { Card, Loading, Page } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Confirm } from '../../../ui/overlay/confirm.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { useClerk, useClerkChange, useThisInstance } from '../../api/clerk-request.ts'
import { ClerkLink } from '../../parts/within-instance.tsx'
import type { SessionTokenSettings } from '../session-token/version.ts'

interface Connection {
  readonly changed: readonly (keyof typeof changes)[]
}

const changes = {
  'session_token.role': 'Session tokens carry the claim role: authenticated.',
  'session_token.legacy_organization_claims': 'Session tokens carry the flat claims org_id, org_role and org_slug too.',
  'jwt_templates.supabase': 'There is a JWT template “supabase”, signed with the project’s JWT secret.',
} as const

export function ConnectSupabasePage() {
  const settings = useClerk<SessionTokenSettings>('/instance/session_token')
  return (
    <Page
      title="Connect with Supabase"
      description="Lets Supabase trust this instance: its session tokens say the role that policies are written for."
    >
      <RefusalNote error={settings.error} />
      {settings.isPending && <Loading />}
      {settings.data !== undefined && <Integration connected={settings.data.connected_to_supabase} />}
    </Page>
  )
}

function Integration({ connected }: { readonly connected: boolean }) {
  const activate = useClerkChange<void, Connection>(() => ({
    method: 'POST',
    path: '/instance/connect_supabase',
    body: {},
  }))
  return (
    <>
      <Card
        title={
          <span className="flex items-center gap-2">Supabase {connected && <Badge tone="good">Active</Badge>}</span>
        }
        actions={connected && <Disconnect onDone={activate.reset} />}
      >
        {connected ? (
          <p className="text-sm">
            Session tokens carry <code className="font-mono text-xs">"role": "authenticated"</code>.
          </p>
        ) : (
          <>
            <p className="max-w-prose text-sm text-quiet">
              Adds the claim <code className="font-mono text-xs">role</code> to session tokens. Without it Supabase
              takes everybody for a visitor (anon).
            </p>
            <div>
              <Button variant="primary" busy={activate.isPending} onClick={() => activate.mutate()}>
                Activate Supabase integration
              </Button>
            </div>
          </>
        )}
        <RefusalNote error={activate.error} />
        {connected && activate.data !== undefined && <Changed changed={activate.data.changed} />}
      </Card>
      {connected && <ClerkDomain />}
    </>
  )
}

function Changed({ changed }: Connection) {
  return (
    <div role="status" className="rounded-md bg-good-soft px-3 py-2 text-sm">
      <p className="font-medium text-good">{changed.length === 0 ? 'Everything was there already.' : 'What changed'}</p>
      <ul className="list-disc pl-5">
        {changed.map((change) => (
          <li key={change}>{changes[change]}</li>
        ))}
      </ul>
    </div>
  )
}

/** What Supabase is told under Third-Party Auth. */
function ClerkDomain() {
  const instance = useThisInstance()
  if (instance === undefined) return null
  return (
    <Card title="Clerk domain">
      <p className="max-w-prose text-sm text-quiet">
        Paste it in Supabase under{' '}
        <Link to="/auth/third-party" className="text-brand-strong underline">
          Authentication → Third-Party Auth
        </Link>{' '}
        → Add provider → Clerk.
        {instance.trusted && ' The API of this stack trusts it already.'}
      </p>
      <CopyValue label="Clerk domain" value={instance.issuer} />
      <p className="text-sm">
        <ClerkLink to="/sessions">Customize session token</ClerkLink>
      </p>
    </Card>
  )
}

function Disconnect({ onDone }: { readonly onDone: () => void }) {
  const [asking, setAsking] = useState(false)
  const disconnect = useClerkChange<void>(() => ({ method: 'DELETE', path: '/instance/connect_supabase' }))
  const finish = () => {
    setAsking(false)
    onDone()
    toast.good('Disconnected. The next session token has no role claim; the template “supabase” stays.')
  }
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        Disconnect
      </Button>
      <Confirm
        open={asking}
        title="Disconnect from Supabase?"
        body={
          <>
            <p>The next session tokens have no role claim, and people see only what visitors may see.</p>
            <RefusalNote error={disconnect.error} />
          </>
        }
        action="Disconnect"
        danger
        busy={disconnect.isPending}
        onConfirm={() => disconnect.mutate(undefined, { onSuccess: finish })}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
