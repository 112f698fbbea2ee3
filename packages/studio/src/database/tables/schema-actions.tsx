// Making a schema, and deleting the one that is shown.

import { type FormEvent, useId, useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Menu } from '../../ui/overlay/menu.tsx'
import { Dialog, SheetCancel } from '../../ui/overlay/panel.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { usePlatform, usePlatformChange } from '../../api/platform.ts'
import { DropConfirm } from '../drop-confirm.tsx'

interface Schemas {
  readonly schemas: readonly { readonly name: string; readonly internal: boolean }[]
}

interface SchemaActionsProps {
  readonly schema: string
  /** Shows another one. */
  readonly onShow: (schema: string) => void
}

export function SchemaActions({ schema, onShow }: SchemaActionsProps) {
  const [asked, setAsked] = useState<'new' | 'drop' | null>(null)
  const listing = usePlatform<Schemas>('/schemas')
  const own = listing.data?.schemas.some(({ name, internal }) => name === schema && !internal) === true
  const close = () => setAsked(null)
  return (
    <>
      <Menu
        label="Schema"
        items={[
          { label: 'Create a new schema', onSelect: () => setAsked('new') },
          {
            label: `Delete schema ${schema}`,
            danger: true,
            apart: true,
            disabled: !own || schema === 'public',
            onSelect: () => setAsked('drop'),
          },
        ]}
      />
      {asked === 'new' && <NewSchema onMade={onShow} onClose={close} />}
      {asked === 'drop' && (
        <DropConfirm
          title={`Delete schema ${schema}?`}
          body="A schema goes with everything in it. This cannot be taken back."
          action="Delete schema"
          typed={schema}
          path={`/schemas/${encodeURIComponent(schema)}`}
          further={{ search: '?cascade=true', action: 'Delete it with all of these' }}
          done={`The schema ${schema} was deleted.`}
          onDone={() => onShow('public')}
          onClose={close}
        />
      )}
    </>
  )
}

interface NewSchemaProps {
  readonly onMade: (schema: string) => void
  readonly onClose: () => void
}

function NewSchema({ onMade, onClose }: NewSchemaProps) {
  const formId = useId()
  const [name, setName] = useState('')
  const save = usePlatformChange((body: { readonly name: string }) => ({ method: 'POST', path: '/schemas', body }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(
      { name },
      {
        onSuccess: () => {
          toast.good(`The schema ${name} was created.`)
          onClose()
          onMade(name)
        },
      },
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      dirty={name !== ''}
      title="Create a new schema"
      description="The API serves it once it stands among the exposed schemas of the project’s settings."
      footer={
        <>
          <SheetCancel />
          <Button type="submit" form={formId} variant="primary" busy={save.isPending}>
            Create schema
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <Field label="Name">
          <Input className="font-mono" required value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
      <RefusalNote error={save.error} />
    </Dialog>
  )
}
