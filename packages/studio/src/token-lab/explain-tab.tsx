// A token that somebody brought.

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '../ui/button.tsx'
import { RefusalNote } from '../ui/display/refusal-note.tsx'
import { Field } from '../ui/form/field.tsx'
import { Textarea } from '../ui/form/input.tsx'
import { explain } from './explanation/explanation.ts'
import { ExplanationView } from './explanation/explanation-view.tsx'

export function ExplainTab() {
  const [token, setToken] = useState('')
  const [submitted, setSubmitted] = useState(false)
  const explaining = useMutation({ mutationFn: explain, gcTime: 0 })
  const empty = token.trim() === ''
  const run = () => {
    setSubmitted(true)
    if (!empty) explaining.mutate(token)
  }
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <form
        className="flex min-w-0 flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <Field
          label="Token or API key"
          hint="It is sent to this server alone, and neither kept nor put into the address."
          error={submitted && empty ? 'Paste a token first.' : undefined}
        >
          <Textarea
            rows={8}
            spellCheck={false}
            className="font-mono text-xs break-all"
            placeholder="eyJ…"
            value={token}
            onChange={(event) => setToken(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey) return
              event.preventDefault()
              run()
            }}
          />
        </Field>
        <div>
          <Button type="submit" variant="primary" busy={explaining.isPending}>
            Explain
          </Button>
        </div>
        <RefusalNote error={explaining.error} />
      </form>
      {explaining.data !== undefined && <ExplanationView explanation={explaining.data} />}
    </div>
  )
}
