// Where an extension goes, asked before it is enabled.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Dialog, SheetCancel } from '../../ui/overlay/panel.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { usePlatformChange } from '../../api/platform.ts'
import type { Extension } from './extension.ts'

interface EnableDialogProps {
  readonly extension: Extension
  readonly onClose: () => void
}

const FORM = 'enable-form'
const USUAL = 'extensions'

export function EnableDialog({ extension, onClose }: EnableDialogProps) {
  const { name, fixedSchema, requires } = extension
  const [schema, setSchema] = useState(USUAL)
  const enable = usePlatformChange((wish: string) => ({
    method: 'POST',
    path: `/extensions/${encodeURIComponent(name)}`,
    body: { schema: wish.trim() },
  }))
  const confirm = () =>
    enable.mutate(schema, {
      onSuccess: () => {
        toast.good(`The extension ${name} was enabled.`)
        onClose()
      },
    })
  return (
    <Dialog
      open
      onClose={onClose}
      dirty={schema !== USUAL}
      title={`Enable ${name}`}
      description={extension.comment}
      footer={
        <>
          <SheetCancel />
          <Button variant="primary" type="submit" form={FORM} busy={enable.isPending}>
            Enable extension
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          confirm()
        }}
      >
        {fixedSchema === null ? (
          <Field label="Schema" hint="Made where it is not there. Not one that the API exposes.">
            <Input value={schema} onChange={(event) => setSchema(event.target.value)} className="font-mono" />
          </Field>
        ) : (
          <p className="text-sm">{`It goes into schema ${fixedSchema}, on which it insists.`}</p>
        )}
        {requires.length > 0 && (
          <p className="text-sm">{`Enabled with it, as it needs them: ${requires.join(', ')}.`}</p>
        )}
        <RefusalNote error={enable.error} />
      </form>
    </Dialog>
  )
}
