// What an organization is called and how many it may have; and its end.

import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { Switch } from '../../../ui/form/toggle.tsx'
import { Confirm } from '../../../ui/overlay/confirm.tsx'
import { KeepTyped } from '../../../ui/overlay/keep-typed.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../api/clerk-request.ts'
import { useGo } from '../../parts/within-instance.tsx'
import type { Organization } from './organization.ts'

export function OrganizationSettings({ organization }: { readonly organization: Organization }) {
  return (
    <div className="flex flex-col gap-5">
      <Profile organization={organization} />
      <DeleteOrganization organization={organization} />
    </div>
  )
}

function formOf(organization: Organization) {
  return {
    name: organization.name,
    slug: organization.slug,
    most: String(organization.max_allowed_memberships),
    adminDelete: organization.admin_delete_enabled,
  }
}

function Profile({ organization }: { readonly organization: Organization }) {
  const [form, setForm] = useState(() => formOf(organization))
  const dirty = JSON.stringify(form) !== JSON.stringify(formOf(organization))
  const save = useClerkChange<object, Organization>((body) => ({
    method: 'PATCH',
    path: `/organizations/${organization.id}`,
    body,
  }))
  const whole = /^\d{1,6}$/.test(form.most)
  const submit = () => {
    if (!whole) return
    const { name, slug, most, adminDelete } = form
    save.mutate(
      { name, slug, max_allowed_memberships: Number(most), admin_delete_enabled: adminDelete },
      {
        onSuccess: (saved) => {
          setForm(formOf(saved))
          toast.good('The organization was saved.')
        },
      },
    )
  }
  return (
    <Card title="Organization">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <ProfileFields
          form={form}
          error={save.error}
          whole={whole}
          onChange={(part) => setForm((before) => ({ ...before, ...part }))}
        />
        <RefusalNote error={complaintBeside(save.error, 'name', 'slug', 'max_allowed_memberships')} />
        <KeepTyped dirty={dirty} />
        <div className="flex justify-end">
          <Button type="submit" disabled={!dirty} busy={save.isPending}>
            Save organization
          </Button>
        </div>
      </form>
    </Card>
  )
}

interface ProfileFieldsProps {
  readonly form: ReturnType<typeof formOf>
  readonly error: unknown
  /** Whether the limit is a number. */
  readonly whole: boolean
  readonly onChange: (part: Partial<ReturnType<typeof formOf>>) => void
}

function ProfileFields({ form, error, whole, onChange }: ProfileFieldsProps) {
  return (
    <>
      <Field label="Name" error={complaintAt(error, 'name')}>
        <Input value={form.name} onChange={(event) => onChange({ name: event.target.value })} />
      </Field>
      <Field label="Slug" error={complaintAt(error, 'slug')}>
        <Input className="font-mono" value={form.slug} onChange={(event) => onChange({ slug: event.target.value })} />
      </Field>
      <Field
        label="Membership limit"
        hint="0 is no limit."
        error={whole ? complaintAt(error, 'max_allowed_memberships') : 'A whole number.'}
      >
        <Input inputMode="numeric" value={form.most} onChange={(event) => onChange({ most: event.target.value })} />
      </Field>
      <Switch
        label="Allow admins to delete it"
        checked={form.adminDelete}
        onChange={(adminDelete) => onChange({ adminDelete })}
      />
    </>
  )
}

function DeleteOrganization({ organization }: { readonly organization: Organization }) {
  const [asking, setAsking] = useState(false)
  const go = useGo()
  const remove = useClerkChange<void>(() => ({ method: 'DELETE', path: `/organizations/${organization.id}` }), {
    leaves: true,
  })
  return (
    <Card title="Delete organization">
      <p className="text-sm text-quiet">
        Its memberships and invitations go. Rows in your tables that carry its id stay.
      </p>
      <div>
        <Button variant="danger" onClick={() => setAsking(true)}>
          Delete organization
        </Button>
      </div>
      <Confirm
        open={asking}
        title={`Delete ${organization.name}?`}
        body={<RefusalNote error={remove.error} />}
        typed={organization.slug}
        action="Delete"
        danger
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              toast.good(`${organization.name} was deleted.`)
              go('/organizations')
            },
          })
        }
      />
    </Card>
  )
}
