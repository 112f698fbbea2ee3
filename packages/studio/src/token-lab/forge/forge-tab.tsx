// A token that this server's own instance makes for anybody.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { CopyValue } from '../../ui/display/copy.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { ExplanationView } from '../explanation/explanation-view.tsx'
import { ForgeFields } from './forge-fields.tsx'
import { bodyOf, emptyDraft, type ForgeDraft, problemsOf } from './forge-form.ts'
import { useForge } from './queries.ts'

export function ForgeTab({ instance }: { readonly instance: string }) {
  const [draft, setDraft] = useState<ForgeDraft>(emptyDraft)
  const [submitted, setSubmitted] = useState(false)
  const forging = useForge(instance)
  const problems = problemsOf(draft)
  const run = () => {
    setSubmitted(true)
    if (Object.keys(problems).length === 0) forging.mutate(bodyOf(draft))
  }
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <form
        className="flex min-w-0 flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <ForgeFields
          instance={instance}
          draft={draft}
          problems={submitted ? problems : {}}
          onChange={(change) => setDraft({ ...draft, ...change })}
          onForge={run}
        />
        <div>
          <Button type="submit" variant="primary" busy={forging.isPending}>
            Forge token
          </Button>
        </div>
        <RefusalNote error={forging.error} />
      </form>
      {forging.data !== undefined && (
        <div className="flex min-w-0 flex-col gap-4">
          <section aria-label="Forged token">
            <CopyValue label="the token" value={forging.data.jwt} />
          </section>
          <ExplanationView explanation={forging.data.explanation} />
        </div>
      )}
    </div>
  )
}
