// The state of a row's form, and saving it.

import { useEffect, useState } from 'react'

import { nameOf, type Relation, type Row } from '../rows/relation.ts'
import { insertRow, updateRow } from '../rows/requests.ts'
import { changedMeanwhile } from '../rows/say-refusal.ts'
import { wholeRow } from '../rows/whole-row.ts'
import { changesOf, type Draft, draftOf, type DraftValue } from './draft.ts'

interface RowForm {
  readonly draft: Draft
  readonly dirty: boolean
  readonly loading: boolean
  readonly busy: boolean
  readonly error: unknown
  /** Somebody else changed the row; saving again writes over theirs. */
  readonly theirs: boolean
  change(column: string, value: DraftValue): void
  save(): Promise<void>
}

interface RowFormDeps {
  readonly relation: Relation
  readonly as: object | null
  readonly row: Row | null
  readonly onSaved: (row: Row | null) => void
}

export function useRowForm({ relation, as, row: given, onSaved }: RowFormDeps): RowForm {
  const [row, setRow] = useState(given)
  const [before, setBefore] = useState(() => draftOf(relation, given))
  const [draft, setDraft] = useState(before)
  const [loading, setLoading] = useState(given !== null && Object.keys(given.cut).length > 0)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [theirs, setTheirs] = useState(false)
  useEffect(() => {
    if (given === null || !loading) return
    const load = async (): Promise<void> => {
      const values = draftOf(relation, await wholeRow(relation, given, as))
      setBefore(values)
      setDraft(values)
      setLoading(false)
    }
    load().catch(setError)
    // Once, for the row the form was opened with.
  }, [])
  const changes = changesOf(before, draft)
  const dirty = Object.keys(changes.values).length + changes.defaults.length > 0
  return {
    draft,
    dirty,
    loading,
    busy,
    error,
    theirs,
    change: (column, value) => setDraft((present) => ({ ...present, [column]: value })),
    async save() {
      if (row !== null && !dirty) return onSaved(null)
      setBusy(true)
      setError(null)
      try {
        const changed =
          row === null
            ? await insertRow(relation, changes.values, as)
            : await updateRow(relation, nameOf(row), changes, as)
        onSaved(changed.row)
      } catch (thrown) {
        setError(thrown)
        const meanwhile = changedMeanwhile(thrown)
        setTheirs(meanwhile !== null)
        if (meanwhile !== null) setRow(meanwhile.row)
        setBusy(false)
      }
    },
  }
}
