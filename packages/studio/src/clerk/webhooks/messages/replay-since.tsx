// Sends everything again that was recorded since a moment.

import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { useClerkChange } from '../../api/clerk-request.ts'

export function ReplaySince({ endpointId }: { readonly endpointId: string }) {
  const [moment, setMoment] = useState('')
  const [tried, setTried] = useState(false)
  const replay = useClerkChange<number, { readonly event_count: number }>((since) => ({
    method: 'POST',
    path: `/webhook_endpoints/${endpointId}/replay`,
    body: { since },
  }))
  const since = Date.parse(moment)
  const submit = () => {
    setTried(true)
    if (Number.isNaN(since)) return
    replay.mutate(since, {
      onSuccess: ({ event_count: count }) =>
        toast.good(`${count} ${count === 1 ? 'message is' : 'messages are'} sent again.`),
    })
  }
  return (
    <Card title="Replay">
      <form
        noValidate
        className="flex flex-wrap items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Field
          label="Replay messages since"
          hint="Everything recorded from then on, the oldest first, as if it were new."
          error={tried && Number.isNaN(since) ? 'Choose a day and a time.' : undefined}
        >
          <Input type="datetime-local" step={1} value={moment} onChange={(event) => setMoment(event.target.value)} />
        </Field>
        <Button type="submit" className="mt-6" busy={replay.isPending}>
          Replay since then
        </Button>
      </form>
      <RefusalNote error={replay.error} />
    </Card>
  )
}
