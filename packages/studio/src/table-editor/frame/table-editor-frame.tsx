// The list of tables beside what is open. Where there is little room, one or the other.

import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'

import { Plus } from 'lucide-react'

import { useRef } from 'react'

import { classes } from '../../ui/classes.ts'
import { Button } from '../../ui/button.tsx'
import { SchemaPicker } from '../../ui/form/schema-picker.tsx'
import type { TableSearch } from '../address.ts'
import { TableSheet } from '../../database/tables/table-sheet/table-sheet.tsx'
import { TableList } from './table-list.tsx'

export function TableEditorFrame() {
  const { schema: opened, table } = useParams({ strict: false })
  const search = useSearch({ from: '/table-editor' })
  const navigate = useNavigate()
  // Saving leads to the table by itself; closing the sheet must not lead back.
  const left = useRef(false)
  const schema = opened ?? search.schema ?? 'public'
  const show = (panel: TableSearch['panel']) => void navigate({ to: '.', search: { ...search, panel } })
  return (
    <div className="flex h-full min-h-0">
      <aside
        aria-label="Tables"
        className={classes(
          'w-full shrink-0 flex-col gap-2 overflow-y-auto border-r border-line bg-surface p-3 md:flex md:w-60',
          table === undefined ? 'flex' : 'hidden',
        )}
      >
        {table === undefined && <h1 className="text-lg font-semibold">Table Editor</h1>}
        <SchemaPicker
          value={schema}
          onChange={(next) => void navigate({ to: '/table-editor', search: { schema: next } })}
        />
        <Button onClick={() => show('new-table')}>
          <Plus aria-hidden />
          New table
        </Button>
        <TableList schema={schema} />
      </aside>
      <TableSheet
        schema={schema}
        table={search.panel === 'edit-table' ? table : undefined}
        open={search.panel === 'new-table' || (search.panel === 'edit-table' && table !== undefined)}
        onClose={() => {
          if (!left.current) show(undefined)
          left.current = false
        }}
        onDropped={() => void navigate({ to: '/table-editor', search: { schema } })}
        onSaved={(at) => {
          left.current = true
          const params = { schema: at.schema, table: at.name }
          void navigate({ to: '/table-editor/$schema/$table', params, search: {} })
        }}
      />
      <div className={classes('min-h-0 min-w-0 flex-1', table === undefined && 'hidden md:block')}>
        <Outlet />
      </div>
    </div>
  )
}
