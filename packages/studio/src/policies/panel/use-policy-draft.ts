// The state of the panel: what is typed, what is wrong with it, and saving it.

import { useState } from 'react'

import { toast } from '../../ui/overlay/toast.tsx'
import type { Policy, ProtectedTable } from '../protected-table.ts'
import { useSavePolicy } from '../queries.ts'
import { fieldsFrom, type PolicyTemplate, policyTemplates } from '../templates/policy-templates.ts'
import { draftOf, fieldsOf, type PolicyDraft, type Problems, problemsOf } from './policy-form.ts'

interface PolicyDraftSettings {
  readonly schema: string
  readonly tables: readonly ProtectedTable[]
  /** The table to begin with; empty where none is chosen yet. */
  readonly table: string
  /** The policy to change; null for a new one. */
  readonly policy: Policy | null
  readonly onSaved: () => void
}

/** The draft and its actions. What is typed stays until it is saved or given up. */
export function usePolicyDraft({ schema, tables, table, policy, onSaved }: PolicyDraftSettings) {
  const [initial] = useState(() => draftOf(table, policy))
  const [draft, setDraft] = useState(initial)
  const [submitted, setSubmitted] = useState(false)
  const [missingColumn, setMissingColumn] = useState<string | null>(null)
  const save = useSavePolicy()
  const chosen = tables.find((each) => each.table === draft.table)
  const problems = problemsOf(draft, policy, chosen?.policies ?? [])
  const change = (next: Partial<PolicyDraft>) => setDraft((before) => ({ ...before, ...next }))

  /** A name that somebody typed stays; her expressions can be undone in their editors. */
  const choose = (template: PolicyTemplate) => {
    const { fields, missing } = fieldsFrom(template, chosen?.columns ?? [])
    setMissingColumn(missing)
    const named = policyTemplates.some(({ title }) => title === draft.name)
    const name = draft.name === '' || named ? fields.name : draft.name
    setDraft({ ...draftOf(draft.table, fields), name })
  }

  const submit = () => {
    setSubmitted(true)
    if (Object.keys(problems).length > 0) return
    const sent = { schema, table: draft.table, before: policy, policy: fieldsOf(draft) }
    save.mutate(sent, {
      onSuccess: () => {
        toast.good(`The policy “${sent.policy.name}” was ${policy === null ? 'created' : 'saved'}.`)
        onSaved()
      },
    })
  }

  return {
    draft,
    change,
    choose,
    submit,
    save,
    missingColumn,
    dirty: draft !== initial,
    /** Whether there is something that could be tried. */
    triable: draft.table !== '' && problems.using === undefined && problems.check === undefined,
    shownProblems: submitted ? problems : takenName(problems, draft),
  }
}

/** A name that is taken is told while it is typed; what is merely not there yet, when one saves. */
function takenName({ name }: Problems, draft: PolicyDraft): Problems {
  return name !== undefined && draft.name.trim() !== '' ? { name } : {}
}
