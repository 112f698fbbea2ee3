// One JWT template: a new one, or one that is there.

import { Link, useParams, useSearch } from '@tanstack/react-router'

import { Loading, Page } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { useClerk } from '../../api/clerk-request.ts'
import { useGo } from '../../parts/within-instance.tsx'
import { beginnings, formOf, type JwtTemplate } from './template.ts'
import { TemplateEditor } from './template-editor.tsx'

export function NewTemplatePage() {
  const from = useSearch({ strict: false, select: ({ from: value }) => (value === 'supabase' ? value : 'blank') })
  const go = useGo()
  return (
    <Page title="New template" description={from === 'supabase' ? supabaseSteps : undefined}>
      <TemplateEditor
        key={from}
        template={null}
        initial={beginnings[from]}
        onSaved={({ name }) => {
          toast.good(`The template ${name} was created.`)
          go('/jwt-templates')
        }}
      />
    </Page>
  )
}

const supabaseSteps = (
  <>
    Paste the project’s JWT secret, which stands under{' '}
    <Link to="/settings/api" target="_blank" className="text-brand-strong underline">
      Project Settings → API
    </Link>
    , as the signing key. The claims are what Supabase expects.
  </>
)

export function TemplatePage() {
  const id = useParams({ strict: false, select: (params) => params.template ?? '' })
  const template = useClerk<JwtTemplate>(`/jwt_templates/${encodeURIComponent(id)}`)
  return (
    <Page title={template.data?.name ?? 'JWT template'}>
      <RefusalNote error={template.error} />
      {template.isPending && <Loading />}
      {template.data !== undefined && (
        <TemplateEditor
          key={template.data.id}
          template={template.data}
          initial={formOf(template.data)}
          onSaved={({ name }) => toast.good(`The template ${name} was saved.`)}
        />
      )}
    </Page>
  )
}
