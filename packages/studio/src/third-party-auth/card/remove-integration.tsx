// Removes an integration, after asking.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Confirm } from '../../ui/overlay/confirm.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import type { Integration } from '../integration.ts'
import { useRemoveIntegration } from '../queries.ts'

interface RemoveIntegrationProps {
  readonly integration: Integration
  readonly label: string
}

export function RemoveIntegration({ integration, label }: RemoveIntegrationProps) {
  const [asking, setAsking] = useState(false)
  const remove = useRemoveIntegration(integration.id)
  const finish = (stillTrusted: Integration | null) => {
    setAsking(false)
    toast.good(
      stillTrusted === null
        ? 'Removed. Its tokens are refused from now on.'
        : 'Removed from the file. The instance is connected, and stays trusted.',
    )
  }
  return (
    <>
      <Button size="sm" aria-label={`Remove ${label}`} onClick={() => setAsking(true)}>
        Remove
      </Button>
      <Confirm
        open={asking}
        title="Remove this connection?"
        body={
          <>
            <p className="break-words">
              Tokens of {label} are refused at once, and its table in supabase/config.toml goes.
            </p>
            <RefusalNote error={remove.error} />
          </>
        }
        action="Remove connection"
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSuccess: ({ stillTrusted }) => finish(stillTrusted) })}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
