// What every function needs: its name, what it answers with, what it takes, and what it does.

import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx'
import { Combobox } from '../../../ui/form/combobox.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { SchemaPicker } from '../../../ui/form/schema-picker.tsx'
import { ArgumentRows } from './argument-rows.tsx'
import type { FunctionForm, FunctionProblems } from './function-form.ts'
import { useFunctionTypes } from './function-types.ts'

export interface FunctionPartProps {
  readonly form: FunctionForm
  readonly problems: FunctionProblems | null
  /** It is there already: Postgres keeps its return type and arguments. */
  readonly locked: boolean
  readonly onChange: (part: Partial<FunctionForm>) => void
}

const fixed = 'Fixed, once the function is there: Postgres replaces only what it does.'

export function FunctionFields(props: FunctionPartProps & { readonly onConfirm: () => void }) {
  const { form, problems, locked, onChange, onConfirm } = props
  const { types } = useFunctionTypes()
  return (
    <>
      <Field label="Name of function" error={problems?.name}>
        <Input
          autoFocus={!locked}
          value={form.name}
          onChange={(event) => onChange({ name: event.target.value })}
          className="font-mono"
          spellCheck={false}
        />
      </Field>
      <Field label="Schema" hint="Functions of an exposed schema can be called through the API.">
        <SchemaPicker value={form.schema} onChange={(schema) => onChange({ schema })} />
      </Field>
      <Field
        label="Return type"
        hint={locked ? fixed : 'Also setof todos or table(id bigint, title text): type your own.'}
      >
        <Combobox
          value={form.returns}
          onChange={(returns) => onChange({ returns })}
          suggestions={types}
          free
          disabled={locked}
        />
      </Field>
      <ArgumentRows {...props} fixed={fixed} />
      <Field
        label="Definition"
        hint={
          form.language === 'sql'
            ? 'SQL statements; the last one’s rows are the answer. Ctrl+Enter confirms.'
            : 'The body in the function’s language, such as begin … end; in plpgsql. Ctrl+Enter confirms.'
        }
        error={problems?.definition}
      >
        <CodeEditor
          label="Definition"
          language="sql"
          value={form.definition}
          onChange={(definition) => onChange({ definition })}
          onRun={onConfirm}
          minLines={8}
        />
      </Field>
    </>
  )
}
