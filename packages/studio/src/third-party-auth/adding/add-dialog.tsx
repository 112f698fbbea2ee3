// Adds an integration of one provider.

import { toast } from '../../ui/overlay/toast.tsx'
import type { IntegrationType } from '../integration.ts'
import { useAddIntegration } from '../queries.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { entryOf } from './entry-form.ts'
import { providerOf } from './providers.ts'

interface AddDialogProps {
  readonly type: IntegrationType
  readonly onClose: () => void
}

export function AddDialog({ type, onClose }: AddDialogProps) {
  const { label, fields } = providerOf(type)
  const add = useAddIntegration()
  return (
    <EntryDialog
      title={`Add new ${label} connection`}
      description="Tokens that it signs are accepted at once. It is written to supabase/config.toml."
      action="Create connection"
      fields={fields}
      initial={{}}
      busy={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={(texts) =>
        add.mutate(
          { type, ...entryOf(fields, texts) },
          {
            onSuccess: () => {
              toast.good(`${label} is trusted now.`)
              onClose()
            },
          },
        )
      }
    />
  )
}
