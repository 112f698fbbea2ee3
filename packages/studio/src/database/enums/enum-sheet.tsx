// The sheet in which an enumerated type is made, and changed.

import { Plus, X } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { FormSheet } from '../../ui/overlay/form-sheet.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { usePlatformChange } from '../../api/platform.ts'
import {
  emptyValue,
  enumBody,
  type EnumForm,
  enumForm,
  type EnumType,
  type EnumValue,
  pathOfEnum,
  problemOfEnum,
} from './enum.ts'

interface EnumSheetProps {
  readonly schema: string
  /** Null: a new one is made. */
  readonly present: EnumType | null
  readonly onClose: () => void
}

export function EnumSheet({ schema, present, onClose }: EnumSheetProps) {
  const [before] = useState(() => enumForm(present))
  const [form, setForm] = useState(before)
  const [problem, setProblem] = useState<string | null>(null)
  const save = usePlatformChange((body: object) =>
    present === null ? { method: 'POST', path: '/enums', body } : { method: 'PATCH', path: pathOfEnum(present), body },
  )
  const submit = () => {
    setProblem(problemOfEnum(form))
    if (problemOfEnum(form) !== null) return
    save.mutate(enumBody(schema, present, form), {
      onSuccess: () => {
        toast.good(`The type ${form.name} was saved.`)
        onClose()
      },
    })
  }
  return (
    <FormSheet
      onClose={onClose}
      dirty={form !== before && !save.isSuccess}
      title={present === null ? 'Create a new enumerated type' : `Update type ${present.name}`}
      description={`Schema ${schema}`}
      action={present === null ? 'Create type' : 'Update type'}
      busy={save.isPending}
      onSubmit={submit}
    >
      <Fields form={form} onChange={setForm} />
      {problem !== null && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
      <RefusalNote error={save.error} />
    </FormSheet>
  )
}

interface FieldsProps {
  readonly form: EnumForm
  readonly onChange: (form: EnumForm) => void
}

function Fields({ form, onChange }: FieldsProps) {
  return (
    <>
      <Field label="Name">
        <Input
          className="font-mono"
          value={form.name}
          onChange={(event) => onChange({ ...form, name: event.target.value })}
        />
      </Field>
      <Field label="Description" optional>
        <Input value={form.comment} onChange={(event) => onChange({ ...form, comment: event.target.value })} />
      </Field>
      <Values values={form.values} onChange={(values) => onChange({ ...form, values })} />
    </>
  )
}

interface ValuesProps {
  readonly values: readonly EnumValue[]
  readonly onChange: (values: readonly EnumValue[]) => void
}

/** Values that are in the database can get another name, and stay. */
function Values({ values, onChange }: ValuesProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">Values</legend>
      {values.map(({ key, original, text }, index) => (
        <div key={key} className="flex gap-2">
          <Input
            aria-label={`Value ${index + 1}`}
            value={text}
            onChange={(event) =>
              onChange(values.map((each) => (each.key === key ? { ...each, text: event.target.value } : each)))
            }
          />
          <Button
            variant="ghost"
            size="icon"
            disabled={original !== null}
            aria-label={`Remove value ${index + 1}`}
            onClick={() => onChange(values.filter((each) => each.key !== key))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...values, emptyValue()])}>
          <Plus aria-hidden />
          Add value
        </Button>
      </div>
      <p className="text-xs text-quiet">Postgres keeps values once they are there: they can be renamed, not removed.</p>
    </fieldset>
  )
}
