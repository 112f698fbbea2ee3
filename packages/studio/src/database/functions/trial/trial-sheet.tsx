// The sheet in which a function is called, to see what it answers.

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { request } from '../../../api/request.ts'
import { Button } from '../../../ui/button.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { Sheet } from '../../../ui/overlay/panel.tsx'
import { runAs, useViewAs } from '../../../view-as/view-as.ts'
import { ViewAsPicker } from '../../../view-as/view-as-picker.tsx'
import type { DatabaseFunction } from '../function.ts'
import { type Trial, TrialAnswer } from './trial-answer.tsx'

interface TrialSheetProps {
  readonly called: DatabaseFunction
  readonly onClose: () => void
}

/** Nothing that the function does is kept. */
export function TrialSheet({ called, onClose }: TrialSheetProps) {
  const viewAs = useViewAs()
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const trial = useMutation({
    mutationFn: async () =>
      await request<Trial>('POST', `/platform/v1/functions/${called.oid}/try`, {
        arguments: values,
        as: runAs(viewAs),
      }),
  })
  return (
    <Sheet
      open
      onClose={onClose}
      title={`Test function ${called.name}`}
      description="It is called in a transaction that is rolled back: whatever it changes is undone."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          trial.mutate()
        }}
      >
        {inputsOf(called).map(({ key, type, preset }) => (
          <Field
            key={key}
            label={key}
            hint={preset === null ? type : `${type}; left out, it is ${preset}`}
            optional={preset !== null}
          >
            <Input
              value={values[key] ?? ''}
              onChange={(event) => setValues(withValue(values, key, event.target.value, preset !== null))}
              className="font-mono"
              spellCheck={false}
            />
          </Field>
        ))}
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant="primary" busy={trial.isPending}>
            Run
          </Button>
          <ViewAsPicker />
        </div>
      </form>
      <RefusalNote error={trial.error} />
      {trial.data !== undefined && <TrialAnswer trial={trial.data} />}
    </Sheet>
  )
}

/** By name, or by place where there is none. */
function inputsOf({ arguments: all }: DatabaseFunction) {
  return all
    .filter(({ mode }) => mode !== 'out' && mode !== 'table')
    .map(({ name, type, default: preset }, index) => ({ key: name || `$${index + 1}`, type, preset }))
}

/** An emptied field with a default is left out; without one it is an empty text. */
function withValue(
  values: Readonly<Record<string, string>>,
  key: string,
  value: string,
  optional: boolean,
): Readonly<Record<string, string>> {
  const others = Object.fromEntries(Object.entries(values).filter(([each]) => each !== key))
  return value === '' && optional ? others : { ...others, [key]: value }
}
