// Changes which roles an issuer's tokens may take.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { EntryDialog } from '../adding/entry-dialog.tsx'
import { entryOf, textsOf } from '../adding/entry-form.ts'
import { ruleFields } from '../adding/providers.ts'
import type { Integration } from '../integration.ts'
import { useChangeIntegration } from '../queries.ts'

interface ChangeRulesProps {
  readonly integration: Integration
  readonly label: string
}

export function ChangeRules({ integration, label }: ChangeRulesProps) {
  const [open, setOpen] = useState(false)
  const change = useChangeIntegration(integration.id)
  const close = () => {
    setOpen(false)
    change.reset()
  }
  return (
    <>
      <Button size="sm" aria-label={`Edit ${label}`} onClick={() => setOpen(true)}>
        Edit
      </Button>
      {open && (
        <EntryDialog
          title="Roles and audience"
          description={label}
          action="Save"
          fields={ruleFields}
          initial={textsOf(ruleFields, integration.settings)}
          busy={change.isPending}
          error={change.error}
          onClose={close}
          onSubmit={(texts) =>
            change.mutate(entryOf(ruleFields, texts, true), {
              onSuccess: () => {
                toast.good('Saved. It holds for the next token.')
                close()
              },
            })
          }
        />
      )}
    </>
  )
}
