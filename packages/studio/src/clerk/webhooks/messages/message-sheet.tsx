// One message: what was sent, how each attempt at it went, and a button to send it again.

import { Button } from '../../../ui/button.tsx'
import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx'
import { CopyValue } from '../../../ui/display/copy.tsx'
import { Loading } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Sheet } from '../../../ui/overlay/panel.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { useClerk, useClerkChange } from '../../api/clerk-request.ts'
import { timeOf } from '../../../ui/words/time-of.ts'
import type { WebhookAttempt } from '../endpoint.ts'
import { Outcome } from '../endpoint-state.tsx'

interface MessageSheetProps {
  readonly endpointId: string
  readonly eventId: string
  readonly onClose: () => void
}

export function MessageSheet({ endpointId, eventId, onClose }: MessageSheetProps) {
  const id = encodeURIComponent(eventId)
  const message = useClerk<{ readonly type: string; readonly body: string }>(`/webhook_events/${id}`)
  const replay = useClerkChange<void>(() => ({
    method: 'POST',
    path: `/webhook_endpoints/${endpointId}/replay`,
    body: { event_id: eventId },
  }))
  const again = () => replay.mutate(undefined, { onSuccess: () => toast.good('The message is sent again.') })
  return (
    <Sheet
      open
      onClose={onClose}
      title={message.data?.type ?? 'Message'}
      description="What was signed and sent."
      footer={
        <Button variant="primary" busy={replay.isPending} onClick={again}>
          Replay
        </Button>
      }
    >
      <CopyValue label="message id" value={eventId} />
      <RefusalNote error={message.error ?? replay.error} />
      {message.isPending && <Loading />}
      {message.data !== undefined && (
        <CodeEditor language="json" label="Message body" value={indented(message.data.body)} readOnly minLines={8} />
      )}
      <AttemptsAt endpointId={endpointId} eventId={id} />
    </Sheet>
  )
}

function AttemptsAt({ endpointId, eventId }: { readonly endpointId: string; readonly eventId: string }) {
  const attempts = useClerk<{ readonly data: readonly WebhookAttempt[] }>(
    `/webhook_endpoints/${endpointId}/attempts?limit=50&event_id=${eventId}`,
    { every: 2_000 },
  )
  return (
    <section aria-label="Attempts at this message" className="flex flex-col gap-3">
      <h3 className="text-sm font-medium">Attempts</h3>
      <ul className="flex flex-col gap-2">
        {attempts.data?.data.map((attempt) => (
          <li key={`${attempt.number} ${attempt.created_at}`} className="rounded-md border border-line p-3 text-sm">
            <div className="flex flex-wrap items-center gap-2">
              <Outcome attempt={attempt} />
              <span>{timeOf(attempt.created_at)}</span>
              <span className="text-quiet">{attempt.duration_ms} ms</span>
            </div>
            {attempt.response_excerpt !== '' && (
              <pre className="mt-2 font-mono text-xs break-all whitespace-pre-wrap">{attempt.response_excerpt}</pre>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function indented(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2)
}
