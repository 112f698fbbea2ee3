// The form of a token: whose, where, how long, and what is wrong with it.

import { CodeEditor } from '../../ui/code-editor/code-editor.tsx'
import { Combobox } from '../../ui/form/combobox.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Select } from '../../ui/form/select.tsx'
import { faults } from './faults.ts'
import type { ForgeDraft, ForgeProblems } from './forge-form.ts'
import { useTemplates } from './queries.ts'
import { SubjectFields } from './subject-fields.tsx'

export interface ForgeFieldsProps {
  readonly instance: string
  readonly draft: ForgeDraft
  readonly problems: ForgeProblems
  readonly onChange: (change: Partial<ForgeDraft>) => void
  /** Ctrl+Enter. */
  readonly onForge: () => void
}

export function ForgeFields(props: ForgeFieldsProps) {
  const { draft, problems, onChange, onForge } = props
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SubjectFields {...props} />
      <Field label="First factor, minutes ago" error={problems.firstFactor}>
        <Input
          inputMode="numeric"
          value={draft.firstFactor}
          onChange={(event) => onChange({ firstFactor: event.target.value })}
        />
      </Field>
      <Field label="Second factor, minutes ago" hint="-1: never" error={problems.secondFactor}>
        <Input
          inputMode="numeric"
          value={draft.secondFactor}
          onChange={(event) => onChange({ secondFactor: event.target.value })}
        />
      </Field>
      <ShapeFields {...props} />
      <div className="sm:col-span-2">
        <Field label="Extra claims" optional hint="A JSON object, laid over the other claims." error={problems.claims}>
          <CodeEditor
            label="Extra claims"
            language="json"
            minLines={2}
            value={draft.claims}
            onChange={(claims) => onChange({ claims })}
            onRun={onForge}
          />
        </Field>
      </div>
      <div className="sm:col-span-2">
        <Field label="Fault">
          <Select value={draft.fault} options={faults} onChange={(fault) => onChange({ fault })} />
        </Field>
      </div>
    </div>
  )
}

const versions = [
  { value: 'instance', label: 'As the instance has it' },
  { value: 'v1', label: 'Version 1', hint: 'org_id, org_role' },
  { value: 'v2', label: 'Version 2', hint: 'o.id, o.rol' },
] as const

function ShapeFields({ instance, draft, problems, onChange }: ForgeFieldsProps) {
  const templates = useTemplates(instance).data ?? []
  return (
    <>
      <Field label="Claims version">
        <Select value={draft.version} options={versions} onChange={(version) => onChange({ version })} />
      </Field>
      <Field label="Lifetime, seconds" optional error={problems.lifetime}>
        <Input
          inputMode="numeric"
          placeholder="60"
          value={draft.lifetime}
          onChange={(event) => onChange({ lifetime: event.target.value })}
        />
      </Field>
      <Field label="JWT template" hint="In place of a session token.">
        <Combobox
          value={draft.template}
          placeholder="None: a session token"
          onChange={(template) => onChange({ template })}
          suggestions={[
            { value: '', label: 'None: a session token' },
            ...templates.map(({ name }) => ({ value: name, label: name })),
          ]}
        />
      </Field>
    </>
  )
}
