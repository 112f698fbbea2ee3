// Founds an organization, with somebody as its first member or nobody.

import { useState } from 'react'

import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../api/clerk-request.ts'
import { FormSheet } from '../../../ui/overlay/form-sheet.tsx'
import { UserChoice } from '../users/user-choice.tsx'
import type { Organization } from './organization.ts'

interface CreateOrganizationSheetProps {
  readonly onClose: () => void
  readonly onCreated: (organization: Organization) => void
}

const empty = { name: '', slug: '', createdBy: '' }

export function CreateOrganizationSheet({ onClose, onCreated }: CreateOrganizationSheetProps) {
  const [form, setForm] = useState(empty)
  const [tried, setTried] = useState(false)
  const create = useClerkChange<typeof empty, Organization>(({ name, slug, createdBy }) => ({
    method: 'POST',
    path: '/organizations',
    body: { name, ...(slug !== '' && { slug }), ...(createdBy !== '' && { created_by: createdBy }) },
  }))
  const submit = () => {
    setTried(true)
    if (form.name.trim() === '') return
    create.mutate(form, {
      onSuccess: (organization) => {
        toast.good(`${organization.name} was created.`)
        onCreated(organization)
      },
    })
  }
  const nameless = tried && form.name.trim() === '' ? 'An organization has a name.' : undefined
  return (
    <FormSheet
      title="Create organization"
      action="Create"
      dirty={form !== empty}
      busy={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" error={complaintAt(create.error, 'name') ?? nameless}>
        <Input value={form.name} onChange={(event) => setForm({ ...form, name: event.target.value })} />
      </Field>
      <Field
        label="Slug"
        optional
        hint="Made from the name where it is empty."
        error={complaintAt(create.error, 'slug')}
      >
        <Input
          value={form.slug}
          className="font-mono"
          onChange={(event) => setForm({ ...form, slug: event.target.value })}
        />
      </Field>
      <UserChoice
        label="Owner"
        hint="Her first member, in the creator’s role."
        value={form.createdBy}
        onChange={(createdBy) => setForm({ ...form, createdBy })}
        error={complaintAt(create.error, 'created_by')}
      />
      <RefusalNote error={complaintBeside(create.error, 'name', 'slug', 'created_by')} />
    </FormSheet>
  )
}
