// Whose token it is, and in which organisation: people and organisations of the instance, or made-up ones.

import { useDeferredValue, useState } from 'react'

import { nameOf, usePeople } from '../../api/clerk/people.ts'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Combobox } from '../../ui/form/combobox.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Select } from '../../ui/form/select.tsx'
import type { ForgeFieldsProps } from './forge-fields.tsx'
import { useOrganizations } from './queries.ts'

const whose = [
  { value: 'user', label: 'A user of the instance' },
  { value: 'made-up', label: 'Somebody made up' },
] as const

export function SubjectFields({ instance, draft, problems, onChange }: ForgeFieldsProps) {
  const [search, setSearch] = useState('')
  const users = usePeople(instance, { search: useDeferredValue(search), most: 50 })
  return (
    <>
      <Field label="Whose token">
        <Select
          value={draft.madeUp ? 'made-up' : 'user'}
          options={whose}
          onChange={(value) => onChange({ madeUp: value === 'made-up' })}
        />
      </Field>
      {draft.madeUp ? (
        <Field label="Subject (sub)" error={problems.sub}>
          <Input className="font-mono" value={draft.sub} onChange={(event) => onChange({ sub: event.target.value })} />
        </Field>
      ) : (
        <Field
          label="User"
          error={problems.userId}
          hint={search === '' && users.data?.length === 0 ? 'There is nobody yet: make somebody up.' : undefined}
        >
          <Combobox
            value={draft.userId}
            placeholder="Choose a user"
            onChange={(userId) => onChange({ userId })}
            onSearch={setSearch}
            suggestions={(users.data ?? []).map((user) => ({ value: user.id, label: nameOf(user), hint: user.id }))}
          />
        </Field>
      )}
      <RefusalNote error={users.error} />
      <OrganizationFields instance={instance} draft={draft} onChange={onChange} />
    </>
  )
}

function OrganizationFields({ instance, draft, onChange }: Pick<ForgeFieldsProps, 'instance' | 'draft' | 'onChange'>) {
  const organizations = useOrganizations(instance).data?.data ?? []
  return (
    <>
      <Field label="Organization" hint="Any id may be typed.">
        <Combobox
          free
          value={draft.organizationId}
          placeholder="None"
          onChange={(organizationId) => onChange({ organizationId })}
          suggestions={[
            { value: '', label: 'None' },
            ...organizations.map(({ id, name }) => ({ value: id, label: name, hint: id })),
          ]}
        />
      </Field>
      <Field
        label="Role in it"
        hint={draft.madeUp ? 'Left empty: org:member.' : 'Left empty: the one she has. Else the membership is made up.'}
      >
        <Combobox
          free
          value={draft.role}
          placeholder={draft.madeUp ? 'org:member' : 'Her own'}
          disabled={draft.organizationId === ''}
          onChange={(role) => onChange({ role })}
          suggestions={[
            { value: '', label: draft.madeUp ? 'org:member' : 'Her own' },
            { value: 'org:admin', label: 'org:admin' },
            { value: 'org:member', label: 'org:member' },
          ].filter(({ value, label }) => value === '' || !draft.madeUp || label !== 'org:member')}
        />
      </Field>
      {draft.organizationId !== '' && draft.role !== '' && (
        <div className="sm:col-span-2">
          <Field label="Permissions" optional hint="Keys such as org:invoices:read, parted by commas.">
            <Input
              className="font-mono"
              value={draft.permissions}
              onChange={(event) => onChange({ permissions: event.target.value })}
            />
          </Field>
        </div>
      )}
    </>
  )
}
