// The log of what was sent to an endpoint, kept up to date, and each message.

import { useNavigate, useSearch } from '@tanstack/react-router'

import { Button } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/display/data-table.tsx'
import { Card, Empty, Loading } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { useClerk } from '../../api/clerk-request.ts'
import { Pages } from '../../parts/pages.tsx'
import { timeOf } from '../../../ui/words/time-of.ts'
import type { WebhookAttempt } from '../endpoint.ts'
import { Outcome } from '../endpoint-state.tsx'
import { MessageSheet } from './message-sheet.tsx'

const ROWS = 20
const EVERY = 2_000

/** The page and the message that is open are in the address. */
export function Attempts({ endpointId }: { readonly endpointId: string }) {
  const { page, event } = useSearch({
    strict: false,
    select: (search) => ({ page: search.page ?? 1, event: search.event ?? null }),
  })
  const navigate = useNavigate()
  const show = (search: { page?: number; event?: string }) => void navigate({ to: '.', search })
  const path = `/webhook_endpoints/${endpointId}/attempts?limit=${ROWS}&offset=${(page - 1) * ROWS}`
  const attempts = useClerk<{ readonly data: readonly WebhookAttempt[]; readonly total_count: number }>(path, {
    every: EVERY,
  })
  return (
    <Card title="Message attempts">
      <RefusalNote error={attempts.error} />
      {attempts.isPending && <Loading />}
      {attempts.data !== undefined && (
        <>
          <DataTable
            label="Message attempts"
            columns={columnsFor((eventId) => show({ page, event: eventId }))}
            rows={attempts.data.data}
            keyOf={(attempt) => `${attempt.event_id} ${attempt.number} ${attempt.created_at}`}
            empty={
              <Empty title="Nothing was sent yet" body="Create a user, or change one: the attempt appears here." />
            }
          />
          <Pages page={page} rows={ROWS} total={attempts.data.total_count} onChange={(next) => show({ page: next })} />
        </>
      )}
      {event !== null && (
        <MessageSheet key={event} endpointId={endpointId} eventId={event} onClose={() => show({ page })} />
      )}
    </Card>
  )
}

function columnsFor(open: (eventId: string) => void): readonly Column<WebhookAttempt>[] {
  return [
    {
      id: 'event',
      head: 'Event',
      cell: ({ event_type: type, event_id: id }) => (
        <Button variant="ghost" size="sm" className="font-mono" aria-label={`${type}, ${id}`} onClick={() => open(id)}>
          {type}
        </Button>
      ),
    },
    { id: 'outcome', head: 'Status', cell: (attempt) => <Outcome attempt={attempt} /> },
    { id: 'number', head: 'Attempt', cell: ({ number }) => number, from: 'sm', align: 'right' },
    { id: 'time', head: 'Time taken', cell: ({ duration_ms: took }) => `${took} ms`, from: 'sm', align: 'right' },
    { id: 'at', head: 'At', cell: ({ created_at: at }) => timeOf(at) },
  ]
}
