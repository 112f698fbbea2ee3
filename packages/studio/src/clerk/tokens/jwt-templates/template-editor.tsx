// The form of a JWT template, with its preview beside.

import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { KeepTyped } from '../../../ui/overlay/keep-typed.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../api/clerk-request.ts'
import { ClaimsEditor } from '../claims/claims-editor.tsx'
import { nobody } from '../claims/preview-subject.tsx'
import { TokenPreview } from '../claims/token-preview.tsx'
import { bodyOf, formOf, type JwtTemplate, problemsOf, type TemplateForm, type TemplateProblems } from './template.ts'
import { TemplateFields } from './template-fields.tsx'

interface TemplateEditorProps {
  /** Null for a new one. */
  readonly template: JwtTemplate | null
  readonly initial: TemplateForm
  readonly onSaved: (template: JwtTemplate) => void
}

const places = ['name', 'lifetime', 'allowed_clock_skew', 'signing_algorithm', 'signing_key', 'claims']

/** Saves where the form has no problem, and shows those it has once saving was tried. */
export function TemplateEditor({ template, initial, onSaved }: TemplateEditorProps) {
  const [form, setForm] = useState(initial)
  const [subject, setSubject] = useState(nobody)
  const [tried, setTried] = useState(false)
  const save = useClerkChange<object, JwtTemplate>((body) =>
    template === null
      ? { method: 'POST', path: '/jwt_templates', body }
      : { method: 'PATCH', path: `/jwt_templates/${template.id}`, body },
  )
  const own = problemsOf(form, template)
  const problems = { ...said(save.error), ...(tried ? own : { claims: own.claims }) }
  const change = (part: Partial<TemplateForm>) => setForm((before) => ({ ...before, ...part }))
  const submit = () => {
    setTried(true)
    if (Object.keys(own).length > 0) return
    save.mutate(bodyOf(form, template), {
      onSuccess: (saved) => {
        setForm(formOf(saved))
        setTried(false)
        onSaved(saved)
      },
    })
  }
  return (
    <form
      className="grid items-start gap-5 lg:grid-cols-2"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Card title="Template">
        <TemplateFields form={form} problems={problems} kept={template} onChange={change} />
        <ClaimsEditor
          value={form.claims}
          onChange={(claims) => change({ claims })}
          subject={subject}
          problem={problems.claims}
          onSave={submit}
        />
        <RefusalNote error={complaintBeside(save.error, ...places)} />
        <KeepTyped dirty={JSON.stringify(form) !== JSON.stringify(template === null ? initial : formOf(template))} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" busy={save.isPending}>
            Save
          </Button>
        </div>
      </Card>
      <TokenPreview path="/jwt_templates/preview" subject={subject} onSubject={setSubject} draft={draftOf(form, own)} />
    </form>
  )
}

function said(error: unknown): TemplateProblems {
  const at = (name: keyof TemplateForm, ...params: readonly string[]) => {
    const complaint = complaintAt(error, ...params)
    return complaint === undefined ? {} : { [name]: complaint }
  }
  return {
    ...at('name', 'name'),
    ...at('lifetime', 'lifetime'),
    ...at('skew', 'allowed_clock_skew'),
    ...at('algorithm', 'signing_algorithm'),
    ...at('signingKey', 'signing_key'),
    ...at('claims', 'claims'),
  }
}

/** A preview needs no name and no key. */
function draftOf(
  form: TemplateForm,
  { claims, lifetime, skew }: TemplateProblems,
): Readonly<Record<string, unknown>> | null {
  if (claims !== undefined || lifetime !== undefined || skew !== undefined) return null
  return {
    claims: form.claims.trim() === '' ? {} : (JSON.parse(form.claims) as unknown),
    lifetime: Number(form.lifetime),
    allowed_clock_skew: Number(form.skew),
    ...(form.custom && { signing_algorithm: form.algorithm }),
  }
}
