// The statement as it will be run: its head, which the fields above write, and the expressions, which a person does.

import { CodeEditor } from '../../ui/code-editor/code-editor.tsx'
import { Field } from '../../ui/form/field.tsx'
import { takes } from '../protected-table.ts'
import { headerOf } from './header-preview.ts'
import type { PolicyDraft, Problems } from './policy-form.ts'

interface ExpressionsProps {
  readonly schema: string
  readonly draft: PolicyDraft
  readonly problems: Problems
  readonly onChange: (change: Partial<PolicyDraft>) => void
  /** Ctrl+Enter. */
  readonly onSave: () => void
}

/** The head is locked; one editor for each expression that the command takes. */
export function Expressions({ schema, draft, problems, onChange, onSave }: ExpressionsProps) {
  const { using, check } = takes(draft.command)
  const locked = 'rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap break-words'
  return (
    <section aria-label="SQL of the policy" className="flex flex-col gap-2">
      <pre
        aria-label="Head of the statement"
        className={locked}
      >{`${headerOf(schema, draft)}\n${using ? 'using' : 'with check'} (`}</pre>
      {using && (
        <Field label="USING expression" error={problems.using}>
          <CodeEditor
            label="USING expression"
            language="sql"
            value={draft.using}
            onChange={(text) => onChange({ using: text })}
            onRun={onSave}
            placeholder="-- Provide a SQL expression for the using statement"
          />
        </Field>
      )}
      {using && check && <pre className={locked}>{') with check ('}</pre>}
      {check && (
        <Field label="WITH CHECK expression" error={problems.check}>
          <CodeEditor
            label="WITH CHECK expression"
            language="sql"
            value={draft.check}
            onChange={(text) => onChange({ check: text })}
            onRun={onSave}
            placeholder="-- Provide a SQL expression for the with check statement"
          />
        </Field>
      )}
      <pre className={locked}>{');'}</pre>
    </section>
  )
}
