// A form with every column: for a new row, or for one that was opened.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { Loading } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Sheet, SheetCancel } from '../../ui/overlay/panel.tsx'
import type { Relation, Row } from '../rows/relation.ts'
import { refusedColumn } from '../rows/say-refusal.ts'
import { useRowForm } from './use-row-form.ts'
import { ValueField } from './value-field.tsx'

interface RowSheetProps {
  readonly relation: Relation
  readonly as: object | null
  /** Null for a new row. */
  readonly row: Row | null
  readonly onClose: () => void
  readonly onSaved: (row: Row | null) => void
}

export function RowSheet(props: RowSheetProps) {
  const { relation, row, onClose } = props
  const form = useRowForm(props)
  const [submitted, setSubmitted] = useState(false)
  const readOnly = row !== null && relation.rowsBy === null
  const column = refusedColumn(form.error)
  const save = (): void => {
    setSubmitted(true)
    void form.save()
  }
  return (
    <Sheet
      open
      onClose={onClose}
      dirty={form.dirty}
      title={row === null ? `Insert row into ${relation.name}` : `Row of ${relation.name}`}
      description={row === null ? 'What is left alone gets its default.' : 'Empty text and NULL are two things.'}
      footer={
        <>
          <SheetCancel />
          {!readOnly && (
            <Button variant="primary" busy={form.busy} disabled={form.loading} onClick={save}>
              Save
            </Button>
          )}
        </>
      }
    >
      {form.loading && <Loading label="Reading the whole values" />}
      {submitted && column === null && <RefusalNote error={form.error} />}
      {form.theirs && <p className="text-sm">Save again to write your changes over the row as it is now.</p>}
      <form
        className="flex flex-col gap-4"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
        }}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        {relation.columns.map((each) => (
          <ValueField
            key={each.name}
            column={each}
            value={form.draft[each.name] ?? { kind: 'default' }}
            isNew={row === null}
            readOnly={readOnly}
            error={column === each.name && form.error instanceof Error ? form.error.message : undefined}
            onChange={(value) => form.change(each.name, value)}
            onSave={save}
          />
        ))}
      </form>
    </Sheet>
  )
}
