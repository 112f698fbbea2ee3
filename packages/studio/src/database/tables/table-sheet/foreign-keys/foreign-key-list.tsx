// The foreign keys of the form.

import { ArrowRight, Link2, Pencil, X } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../../../../ui/button.tsx'
import type { ForeignKeyForm, TableForm } from '../form/table-form.ts'
import { ForeignKeyDialog } from './foreign-key-dialog.tsx'

interface ForeignKeyListProps {
  readonly schema: string
  readonly form: TableForm
  readonly onChange: (keys: readonly ForeignKeyForm[]) => void
}

export function ForeignKeyList({ schema, form, onChange }: ForeignKeyListProps) {
  const [edited, setEdited] = useState<ForeignKeyForm | 'new' | null>(null)
  const keys = form.foreignKeys
  const save = (key: ForeignKeyForm) => {
    onChange(edited === 'new' ? [...keys, key] : keys.map((each) => (each.key === key.key ? key : each)))
    setEdited(null)
  }
  return (
    <section className="flex flex-col gap-2" aria-labelledby="foreign-keys-of-the-table">
      <h3 id="foreign-keys-of-the-table" className="text-sm font-semibold">
        Foreign keys
      </h3>
      {keys.map((key) => (
        <div key={key.key} className="flex items-center gap-2 rounded-md border border-line p-2 text-sm">
          <Link2 className="size-4 shrink-0 text-quiet" aria-hidden />
          <Told foreignKey={key} />
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Edit relation to ${key.referencedTable}`}
            onClick={() => setEdited(key)}
          >
            <Pencil aria-hidden />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove relation to ${key.referencedTable}`}
            onClick={() => onChange(keys.filter((each) => each.key !== key.key))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => setEdited('new')}>
          <Link2 aria-hidden />
          Add foreign key relation
        </Button>
      </div>
      {edited !== null && (
        <ForeignKeyDialog
          schema={schema}
          table={form.name}
          columns={form.columns.map(({ name }) => name).filter((name) => name !== '')}
          present={edited === 'new' ? null : edited}
          onSave={save}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  )
}

function Told({ foreignKey }: { readonly foreignKey: ForeignKeyForm }) {
  const { columns, referencedSchema, referencedTable, referencedColumns } = foreignKey
  return (
    <span className="min-w-0 flex-1 font-mono text-xs break-words">
      {columns.join(', ')}
      <ArrowRight className="mx-1 inline size-3" aria-label="refers to" />
      {referencedSchema}.{referencedTable} ({referencedColumns.join(', ')})
    </span>
  )
}
