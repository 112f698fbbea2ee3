// One webhook endpoint: what it is, its secret, and what was sent to it.

import { useParams } from '@tanstack/react-router'
import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { Secret } from '../../ui/display/copy.tsx'
import { Card, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Switch } from '../../ui/form/toggle.tsx'
import { Confirm } from '../../ui/overlay/confirm.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { useClerk, useClerkChange } from '../api/clerk-request.ts'
import { useGo } from '../parts/within-instance.tsx'
import { Attempts } from './messages/attempts.tsx'
import type { WebhookEndpoint } from './endpoint.ts'
import { EndpointSheet } from './endpoint-sheet.tsx'
import { EndpointState } from './endpoint-state.tsx'
import { ReplaySince } from './messages/replay-since.tsx'

export function EndpointPage() {
  const id = useParams({ strict: false, select: (params) => params.endpoint ?? '' })
  const endpoint = useClerk<WebhookEndpoint>(`/webhook_endpoints/${encodeURIComponent(id)}`)
  return (
    <Page
      title="Webhook endpoint"
      description={endpoint.data?.url}
      actions={endpoint.data !== undefined && <Actions endpoint={endpoint.data} />}
    >
      <RefusalNote error={endpoint.error} />
      {endpoint.isPending && <Loading />}
      {endpoint.data !== undefined && (
        <>
          <Overview endpoint={endpoint.data} />
          <Attempts endpointId={endpoint.data.id} />
          <ReplaySince endpointId={endpoint.data.id} />
        </>
      )}
    </Page>
  )
}

function Overview({ endpoint }: { readonly endpoint: WebhookEndpoint }) {
  const enable = useClerkChange((enabled: boolean) => ({
    method: 'PATCH',
    path: `/webhook_endpoints/${endpoint.id}`,
    body: { enabled },
  }))
  return (
    <Card title="Endpoint" actions={<EndpointState endpoint={endpoint} />}>
      {endpoint.name !== null && (
        <p className="text-sm text-quiet">
          It comes from [clerk.webhooks.{endpoint.name}] of config.toml, which is applied again at each start.
        </p>
      )}
      {endpoint.description !== '' && <p className="text-sm">{endpoint.description}</p>}
      <Switch
        label="Enabled"
        hint="While it is off, events wait; turning it on goes on with what waits."
        checked={endpoint.enabled}
        disabled={enable.isPending}
        onChange={(enabled) => enable.mutate(enabled)}
      />
      <RefusalNote error={enable.error} />
      <div>
        <h3 className="mb-1 text-sm font-medium">Signing secret</h3>
        <Secret label="signing secret" value={endpoint.secret} />
        <p className="mt-1 text-xs text-quiet">CLERK_WEBHOOK_SIGNING_SECRET of the app that receives.</p>
      </div>
      <div>
        <h3 className="mb-1 text-sm font-medium">Subscribed events</h3>
        <p className="flex flex-wrap gap-1">
          {(endpoint.event_types.length === 0 ? ['every event'] : endpoint.event_types).map((type) => (
            <code key={type} className="rounded border border-line bg-sunken px-1.5 font-mono text-xs">
              {type}
            </code>
          ))}
        </p>
      </div>
    </Card>
  )
}

function Actions({ endpoint }: { readonly endpoint: WebhookEndpoint }) {
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const go = useGo()
  const remove = useClerkChange<void>(() => ({ method: 'DELETE', path: `/webhook_endpoints/${endpoint.id}` }), {
    leaves: true,
  })
  const close = () => setOpen(null)
  return (
    <>
      <Button onClick={() => setOpen('edit')}>Edit</Button>
      <Button onClick={() => setOpen('delete')}>Delete</Button>
      {open === 'edit' && (
        <EndpointSheet
          endpoint={endpoint}
          onClose={close}
          onSaved={() => {
            close()
            toast.good('The endpoint was saved.')
          }}
        />
      )}
      <Confirm
        open={open === 'delete'}
        title="Delete this endpoint?"
        body={
          <>
            <p>What waits for it is dropped, and the log of its attempts goes with it.</p>
            <RefusalNote error={remove.error} />
          </>
        }
        action="Delete endpoint"
        danger
        busy={remove.isPending}
        onClose={close}
        onConfirm={() => {
          remove.mutate(undefined, {
            onSuccess: () => {
              toast.good('The endpoint was deleted.')
              go('/webhooks')
            },
          })
        }}
      />
    </>
  )
}
