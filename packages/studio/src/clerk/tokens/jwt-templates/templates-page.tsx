// JWT Templates: the list.

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import { copyText } from '../../../ui/display/copy-text.ts'
import { Badge } from '../../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../../ui/display/data-table.tsx'
import { Empty, Loading, Page } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Confirm } from '../../../ui/overlay/confirm.tsx'
import { Menu } from '../../../ui/overlay/menu.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { useClerk, useClerkChange } from '../../api/clerk-request.ts'
import { timeOf } from '../../../ui/words/time-of.ts'
import { ClerkLink, useGo } from '../../parts/within-instance.tsx'
import type { JwtTemplate } from './template.ts'

export function TemplatesPage() {
  const templates = useClerk<readonly JwtTemplate[]>('/jwt_templates?limit=500')
  const [deleting, setDeleting] = useState<JwtTemplate | null>(null)
  return (
    <Page
      title="JWT Templates"
      description="Tokens for readers other than Clerk, with claims you write: getToken({ template: 'name' })."
      actions={<NewTemplate />}
    >
      <RefusalNote error={templates.error} />
      {templates.isPending && <Loading />}
      {templates.data !== undefined && (
        <DataTable
          label="JWT templates"
          columns={columnsFor(setDeleting)}
          rows={templates.data}
          keyOf={({ id }) => id}
          empty={
            <Empty
              title="There is no template yet"
              body="Begin with Supabase, or with a blank one."
              action={<NewTemplate />}
            />
          }
        />
      )}
      <DeleteTemplate template={deleting} onClose={() => setDeleting(null)} />
    </Page>
  )
}

function NewTemplate() {
  const go = useGo()
  const begin = (from: string) => go('/jwt-templates/new', { from })
  return (
    <Menu
      label="New template"
      variant="primary"
      items={[
        { label: 'Blank', onSelect: () => begin('blank') },
        { label: 'Supabase', onSelect: () => begin('supabase') },
      ]}
    />
  )
}

function columnsFor(onDelete: (template: JwtTemplate) => void): readonly Column<JwtTemplate>[] {
  return [
    { id: 'name', head: 'Name', cell: ({ id, name }) => <ClerkLink to={`/jwt-templates/${id}`}>{name}</ClerkLink> },
    {
      id: 'signing',
      head: 'Signing',
      cell: ({ signing_algorithm: algorithm, custom_signing_key: custom }) => (
        <Badge>{custom ? `${algorithm}, own key` : `${algorithm}, instance key`}</Badge>
      ),
    },
    { id: 'lifetime', head: 'Lifetime', cell: ({ lifetime }) => `${lifetime} s`, from: 'sm', align: 'right' },
    { id: 'updated', head: 'Changed', cell: ({ updated_at: at }) => timeOf(at), from: 'lg' },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (template) => <TemplateMenu template={template} onDelete={onDelete} />,
      align: 'right',
    },
  ]
}

interface TemplateMenuProps {
  readonly template: JwtTemplate
  readonly onDelete: (template: JwtTemplate) => void
}

function TemplateMenu({ template, onDelete }: TemplateMenuProps) {
  const go = useGo()
  return (
    <Menu
      label={`Actions for ${template.name}`}
      trigger={<Ellipsis aria-hidden />}
      variant="ghost"
      size="icon"
      items={[
        { label: 'Edit', onSelect: () => go(`/jwt-templates/${template.id}`) },
        { label: 'Copy name', onSelect: () => void copyText(template.name) },
        { label: 'Delete', danger: true, apart: true, onSelect: () => onDelete(template) },
      ]}
    />
  )
}

interface DeleteTemplateProps {
  readonly template: JwtTemplate | null
  readonly onClose: () => void
}

function DeleteTemplate({ template, onClose }: DeleteTemplateProps) {
  const remove = useClerkChange((id: string) => ({ method: 'DELETE', path: `/jwt_templates/${id}` }))
  if (template === null) return null
  return (
    <Confirm
      open
      title={`Delete ${template.name}?`}
      body={
        <>
          <p>Nobody gets a token by it any more. Tokens that were given out live on until they expire.</p>
          <RefusalNote error={remove.error} />
        </>
      }
      action="Delete template"
      danger
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(template.id, {
          onSuccess: () => {
            onClose()
            toast.good(`The template ${template.name} was deleted.`)
          },
        })
      }
    />
  )
}
