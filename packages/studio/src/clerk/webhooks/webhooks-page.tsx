// Webhooks: the endpoints.

import { useNavigate, useSearch } from '@tanstack/react-router'

import { Button } from '../../ui/button.tsx'
import { Badge } from '../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../ui/display/data-table.tsx'
import { Empty, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { useClerk } from '../api/clerk-request.ts'
import { ClerkLink, useGo } from '../parts/within-instance.tsx'
import type { WebhookEndpoint } from './endpoint.ts'
import { EndpointSheet } from './endpoint-sheet.tsx'
import { EndpointState } from './endpoint-state.tsx'

export function WebhooksPage() {
  const endpoints = useClerk<{ readonly data: readonly WebhookEndpoint[] }>('/webhook_endpoints?limit=500')
  const adding = useSearch({ strict: false, select: ({ sheet }) => sheet === 'add' })
  const go = useGo()
  const navigate = useNavigate()
  const add = (
    <Button variant="primary" onClick={() => go('/webhooks', { sheet: 'add' })}>
      Add endpoint
    </Button>
  )
  return (
    <Page title="Webhooks" description="Who is told of what happens to people and organizations." actions={add}>
      <RefusalNote error={endpoints.error} />
      {endpoints.isPending && <Loading />}
      {endpoints.data !== undefined && (
        <DataTable
          label="Webhook endpoints"
          columns={columns}
          rows={endpoints.data.data}
          keyOf={({ id }) => id}
          empty={<Empty title="There is no endpoint yet" body="Add the address of your app’s webhook route." />}
        />
      )}
      {adding && (
        <EndpointSheet
          endpoint={null}
          onClose={() => void navigate({ to: '.', search: {} })}
          onSaved={({ id }) => {
            toast.good('The endpoint was created. Its signing secret is below.')
            go(`/webhooks/${id}`)
          }}
        />
      )}
    </Page>
  )
}

const columns: readonly Column<WebhookEndpoint>[] = [
  {
    id: 'url',
    head: 'Endpoint',
    cell: (endpoint) => (
      <div className="min-w-48">
        <ClerkLink to={`/webhooks/${endpoint.id}`} className="break-all">
          {endpoint.url}
        </ClerkLink>
        <p className="text-xs text-quiet">{endpoint.description}</p>
      </div>
    ),
  },
  { id: 'state', head: 'State', cell: (endpoint) => <EndpointState endpoint={endpoint} /> },
  {
    id: 'events',
    head: 'Events',
    cell: ({ event_types: types }) => (types.length === 0 ? 'All' : types.length),
    from: 'sm',
  },
  {
    id: 'origin',
    head: 'Made by',
    cell: ({ name }) => (name === null ? 'Studio or the API' : <Badge>config.toml</Badge>),
    from: 'lg',
  },
]
