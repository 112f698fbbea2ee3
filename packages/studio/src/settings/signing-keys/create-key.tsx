// Makes a key that waits for its turn.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { RadioGroup } from '../../ui/form/radio-group.tsx'
import { Dialog, SheetCancel } from '../../ui/overlay/panel.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { useCreateKey } from '../queries.ts'

const algorithms = [
  { value: 'ES256', label: 'ES256 (recommended)' },
  { value: 'RS256', label: 'RS256' },
] as const

export function CreateKey() {
  const [open, setOpen] = useState(false)
  const [algorithm, setAlgorithm] = useState<'ES256' | 'RS256'>('ES256')
  const create = useCreateKey()
  const close = () => {
    setOpen(false)
    create.reset()
  }
  const submit = () =>
    create.mutate(algorithm, {
      onSuccess: () => {
        toast.good('The key is on standby: published, and not signing yet.')
        close()
      },
    })
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Create standby key
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title="Create a new standby key"
        description="Its public half is published at once, so that everybody knows it before it signs."
        footer={
          <>
            <SheetCancel />
            <Button variant="primary" busy={create.isPending} onClick={submit}>
              Create standby key
            </Button>
          </>
        }
      >
        <RadioGroup label="Algorithm" value={algorithm} onChange={setAlgorithm} options={algorithms} />
        <RefusalNote error={create.error} />
      </Dialog>
    </>
  )
}
