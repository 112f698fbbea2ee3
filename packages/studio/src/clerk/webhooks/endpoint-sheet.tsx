// The form of a webhook endpoint: a new one, or changes of one that is there.

import { useState } from 'react'

import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../api/clerk-request.ts'
import { FormSheet } from '../../ui/overlay/form-sheet.tsx'
import { type EndpointForm, urlProblem, type WebhookEndpoint } from './endpoint.ts'
import { EventTypes } from './event-types.tsx'

interface EndpointSheetProps {
  /** Null for a new one. */
  readonly endpoint: WebhookEndpoint | null
  readonly onSaved: (endpoint: WebhookEndpoint) => void
  readonly onClose: () => void
}

/** An open sheet; mount it to begin anew. */
export function EndpointSheet({ endpoint, onSaved, onClose }: EndpointSheetProps) {
  const initial = formOf(endpoint)
  const [form, setForm] = useState(initial)
  const [tried, setTried] = useState(false)
  const save = useClerkChange<EndpointForm, WebhookEndpoint>(({ url, description, eventTypes }) => ({
    method: endpoint === null ? 'POST' : 'PATCH',
    path: `/webhook_endpoints${endpoint === null ? '' : `/${endpoint.id}`}`,
    body: { url, description, event_types: eventTypes },
  }))
  const problem = urlProblem(form.url)
  const change = (part: Partial<EndpointForm>) => setForm((before) => ({ ...before, ...part }))
  const submit = () => {
    setTried(true)
    if (problem === undefined) save.mutate(form, { onSuccess: onSaved })
  }
  return (
    <FormSheet
      title={endpoint === null ? 'Add endpoint' : 'Edit endpoint'}
      description="Clerk’s events are sent there, signed, until it answers 2xx."
      action={endpoint === null ? 'Create' : 'Save'}
      dirty={JSON.stringify(form) !== JSON.stringify(initial)}
      busy={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Endpoint URL" error={complaintAt(save.error, 'url') ?? (tried ? problem : undefined)}>
        <Input
          type="url"
          placeholder="http://localhost:3000/api/webhooks"
          value={form.url}
          onChange={(event) => change({ url: event.target.value })}
        />
      </Field>
      <Field label="Description" optional error={complaintAt(save.error, 'description')}>
        <Input value={form.description} onChange={(event) => change({ description: event.target.value })} />
      </Field>
      <EventTypes chosen={form.eventTypes} onChange={(eventTypes) => change({ eventTypes })} />
      <RefusalNote error={complaintBeside(save.error, 'url', 'description')} />
    </FormSheet>
  )
}

function formOf(endpoint: WebhookEndpoint | null): EndpointForm {
  if (endpoint === null) return { url: '', description: '', eventTypes: [] }
  return { url: endpoint.url, description: endpoint.description, eventTypes: endpoint.event_types }
}
