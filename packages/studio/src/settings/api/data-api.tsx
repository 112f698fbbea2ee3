// Which schemas the REST door serves, the search path behind them, and how many rows at most.

import { type FormEvent, useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { MultiSelect } from '../../ui/form/multi-select.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { KeepTyped } from '../../ui/overlay/keep-typed.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { type ApiSettings, type RestSettings, useChangeSettings } from '../queries.ts'
import { restChanges, type RestProblems, restProblems, type RestTexts, restTexts } from './rest-form.ts'

export function DataApi({ settings }: { readonly settings: ApiSettings }) {
  const [texts, setTexts] = useState(() => restTexts(settings))
  const [problems, setProblems] = useState<RestProblems>({})
  const change = useChangeSettings()
  const changes = restChanges(texts, restOf(settings))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = restProblems(texts)
    setProblems(found)
    if (Object.keys(found).length > 0 || changes === null) return
    change.mutate(changes, { onSuccess: () => toast.good('Saved to supabase/config.toml, and served from now on.') })
  }
  return (
    <Card title="Data API">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <RestFields settings={settings} texts={texts} problems={problems} onChange={setTexts} />
        <KeepTyped dirty={changes !== null} />
        <RefusalNote error={change.error} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={change.isPending} disabled={changes === null}>
            Save
          </Button>
          <Button disabled={changes === null} onClick={() => setTexts(restTexts(settings))}>
            Reset
          </Button>
        </div>
      </form>
    </Card>
  )
}

interface RestFieldsProps {
  readonly settings: ApiSettings
  readonly texts: RestTexts
  readonly problems: RestProblems
  readonly onChange: (texts: RestTexts) => void
}

function RestFields({ settings, texts, problems, onChange }: RestFieldsProps) {
  const { knownSchemas, inFile } = settings
  const all = new Set([...knownSchemas, ...settings.schemas, ...settings.extraSearchPath])
  const schemas = { options: [...all].map((schema) => ({ value: schema, label: schema })), placeholder: 'Add a schema' }
  return (
    <>
      <Field
        label="Exposed schemas"
        hint={hintOf('The first is the default one.', inFile.schemas)}
        error={problems.schemas}
      >
        <MultiSelect {...schemas} value={texts.schemas} onChange={(next) => onChange({ ...texts, schemas: next })} />
      </Field>
      <Field
        label="Extra search path"
        hint={hintOf('Schemas whose functions and types are found without their name.', inFile.extraSearchPath)}
      >
        <MultiSelect
          {...schemas}
          value={texts.extraSearchPath}
          onChange={(next) => onChange({ ...texts, extraSearchPath: next })}
        />
      </Field>
      <Field
        label="Max rows"
        hint={hintOf('The most rows one answer has. Empty for no limit.', inFile.maxRows)}
        error={problems.maxRows}
      >
        <Input
          inputMode="numeric"
          className="max-w-40"
          value={texts.maxRows}
          onChange={(event) => onChange({ ...texts, maxRows: event.target.value })}
        />
      </Field>
    </>
  )
}

function restOf({ schemas, extraSearchPath, maxRows }: ApiSettings): RestSettings {
  return { schemas, extraSearchPath, maxRows }
}

function hintOf(words: string, inFile: boolean): string {
  return `${words} ${inFile ? 'It stands in supabase/config.toml.' : 'It is the default.'}`
}
