// One foreign key: the table it refers to, which columns correspond, and what becomes of rows whose model goes.

import { Plus, X } from 'lucide-react'
import { useState } from 'react'

import { searchOf, usePlatform } from '../../../../api/platform.ts'
import type { TableSummary } from '../../table.ts'
import { Button } from '../../../../ui/button.tsx'
import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Combobox } from '../../../../ui/form/combobox.tsx'
import { Field } from '../../../../ui/form/field.tsx'
import { SchemaPicker } from '../../../../ui/form/schema-picker.tsx'
import { Select } from '../../../../ui/form/select.tsx'
import { Dialog, SheetCancel } from '../../../../ui/overlay/panel.tsx'
import type { ForeignKeyForm } from '../form/table-form.ts'

interface ForeignKeyDialogProps {
  readonly schema: string
  readonly table: string
  readonly columns: readonly string[]
  readonly present: ForeignKeyForm | null
  readonly onSave: (key: ForeignKeyForm) => void
  readonly onClose: () => void
}

export function ForeignKeyDialog({ schema, table, columns, present, onSave, onClose }: ForeignKeyDialogProps) {
  const [initial] = useState(() => present ?? newKey(schema))
  const [key, setKey] = useState(initial)
  const [tried, setTried] = useState(false)
  const change = (part: Partial<ForeignKeyForm>) => setKey({ ...key, ...part })
  const problem = problemOf(key)
  const save = () => {
    if (problem === undefined) onSave({ ...key, original: key === present ? key.original : null })
    else setTried(true)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      dirty={key !== initial}
      title={`Add foreign key relationship to ${table === '' ? 'the table' : table}`}
      footer={
        <>
          <SheetCancel />
          <Button variant="primary" onClick={save}>
            Save relation
          </Button>
        </>
      }
    >
      <Target foreignKey={key} onChange={change} />
      {key.referencedTable !== '' && <Pairs foreignKey={key} columns={columns} onChange={change} />}
      <Actions foreignKey={key} onChange={change} />
      {tried && problem !== undefined && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
    </Dialog>
  )
}

function newKey(schema: string): ForeignKeyForm {
  return {
    key: crypto.randomUUID(),
    original: null,
    columns: [''],
    referencedSchema: schema,
    referencedTable: '',
    referencedColumns: [''],
    onDelete: 'no action',
    onUpdate: 'no action',
  }
}

function problemOf({ referencedTable, columns, referencedColumns }: ForeignKeyForm): string | undefined {
  if (referencedTable === '') return 'Choose the table to refer to.'
  if ([...columns, ...referencedColumns].includes('')) return 'Choose the columns that correspond.'
}

interface PartProps {
  readonly foreignKey: ForeignKeyForm
  readonly onChange: (part: Partial<ForeignKeyForm>) => void
}

function useTables(schema: string) {
  return usePlatform<{ readonly tables: readonly TableSummary[] }>(`/tables${searchOf({ schema })}`)
}

function Target({ foreignKey, onChange }: PartProps) {
  const listing = useTables(foreignKey.referencedSchema)
  const tables = (listing.data?.tables ?? []).filter(({ kind }) => kind === 'table' || kind === 'partitioned-table')
  return (
    <>
      <Field label="Select a schema">
        <SchemaPicker
          value={foreignKey.referencedSchema}
          onChange={(referencedSchema) => onChange({ referencedSchema, referencedTable: '', referencedColumns: [''] })}
        />
      </Field>
      <Field label="Select a table to reference to">
        <Combobox
          value={foreignKey.referencedTable}
          suggestions={tables.map(({ name }) => ({ value: name, label: name }))}
          onChange={(referencedTable) => onChange({ referencedTable, ...keyOf(tables, referencedTable, foreignKey) })}
          placeholder="Choose a table"
        />
      </Field>
      <RefusalNote error={listing.error} />
    </>
  )
}

/** Usually it is the primary key that is referred to. */
function keyOf(tables: readonly TableSummary[], name: string, { columns }: ForeignKeyForm): Partial<ForeignKeyForm> {
  const primary = tables.find((table) => table.name === name)?.columns.filter(({ primaryKey }) => primaryKey) ?? []
  const [only] = primary
  return {
    columns: columns.slice(0, 1),
    referencedColumns: [primary.length === 1 && only !== undefined ? only.name : ''],
  }
}

function Pairs({ foreignKey, columns, onChange }: PartProps & { readonly columns: readonly string[] }) {
  const { referencedSchema, referencedTable, referencedColumns } = foreignKey
  const table = useTables(referencedSchema).data?.tables.find(({ name }) => name === referencedTable)
  const set = (list: 'columns' | 'referencedColumns', index: number, name: string) =>
    onChange({ [list]: foreignKey[list].map((each, at) => (at === index ? name : each)) })
  return (
    <div role="group" aria-label="Columns that correspond" className="flex flex-col gap-2">
      <p className="text-sm font-medium">
        Select columns from {referencedSchema}.{referencedTable} to reference to
      </p>
      {foreignKey.columns.map((own, index) => (
        <div key={index} className="flex items-center gap-2">
          <Combobox
            label={`Column ${index + 1}`}
            value={own}
            suggestions={options(columns)}
            onChange={(name) => set('columns', index, name)}
          />
          <span className="text-sm text-quiet">→</span>
          <Combobox
            label={`Referenced column ${index + 1}`}
            value={referencedColumns[index] ?? ''}
            suggestions={options(table?.columns.map(({ name }) => name) ?? [])}
            onChange={(name) => set('referencedColumns', index, name)}
          />
          {foreignKey.columns.length > 1 && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove pair ${index + 1}`}
              onClick={() => onChange(without(foreignKey, index))}
            >
              <X aria-hidden />
            </Button>
          )}
        </div>
      ))}
      <div>
        <Button
          size="sm"
          onClick={() =>
            onChange({ columns: [...foreignKey.columns, ''], referencedColumns: [...referencedColumns, ''] })
          }
        >
          <Plus aria-hidden />
          Add another column
        </Button>
      </div>
    </div>
  )
}

function without({ columns, referencedColumns }: ForeignKeyForm, index: number): Partial<ForeignKeyForm> {
  return {
    columns: columns.filter((_, at) => at !== index),
    referencedColumns: referencedColumns.filter((_, at) => at !== index),
  }
}

const options = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }))

const actions = [
  { value: 'no action', label: 'No action' },
  { value: 'cascade', label: 'Cascade' },
  { value: 'restrict', label: 'Restrict' },
  { value: 'set null', label: 'Set NULL' },
  { value: 'set default', label: 'Set default' },
]

function Actions({ foreignKey, onChange }: PartProps) {
  return (
    <>
      <Field label="Action if referenced row is updated">
        <Select value={foreignKey.onUpdate} options={actions} onChange={(onUpdate) => onChange({ onUpdate })} />
      </Field>
      <Field label="Action if referenced row is removed">
        <Select value={foreignKey.onDelete} options={actions} onChange={(onDelete) => onChange({ onDelete })} />
      </Field>
    </>
  )
}
