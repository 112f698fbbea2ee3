// What can be done to the query that is open: save, rename, delete, take it away.

import { EllipsisVertical, Save } from 'lucide-react'

import { SaveSheet } from '../../database/migrations/save-sheet.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/overlay/confirm.tsx'
import { Menu } from '../../ui/overlay/menu.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { KeyboardHelp } from '../keyboard-help.tsx'
import { isUnsaved, type QueryTab, titleOf } from '../tabs/tabs-state.ts'
import { RenameDialog } from './rename-dialog.tsx'
import { SaveDialog } from './save-dialog.tsx'
import { useSaving } from './use-saving.ts'

interface QueryActionsProps {
  readonly tab: QueryTab
  /** The query has another address now. */
  readonly onMoved: (tab: QueryTab) => void
}

export function QueryActions({ tab, onMoved }: QueryActionsProps) {
  const { asking, ask, conflict, busy, save, remove, settle } = useSaving(tab, onMoved)
  const { saved } = tab
  const close = () => ask(null)
  return (
    <div className="flex shrink-0 items-center gap-1">
      <Button size="sm" busy={busy} disabled={!isUnsaved(tab)} title="Ctrl+S" onClick={save}>
        <Save aria-hidden /> Save
      </Button>
      <Menu
        label="More about this query"
        trigger={<EllipsisVertical aria-hidden />}
        variant="ghost"
        size="icon"
        items={[
          { label: 'Save as…', onSelect: () => ask('name') },
          { label: 'Save as migration…', disabled: tab.sql.trim() === '', onSelect: () => ask('migration') },
          { label: 'Rename…', disabled: saved === null, onSelect: () => ask('rename') },
          { label: 'Download', onSelect: () => saveFile(`${titleOf(tab)}.sql`, tab.sql) },
          { label: 'Keyboard shortcuts', apart: true, onSelect: () => ask('keys') },
          { label: 'Delete…', danger: true, apart: true, disabled: saved === null, onSelect: () => ask('delete') },
        ]}
      />
      {asking === 'name' && <SaveDialog tab={tab} conflict={conflict} onSaved={settle} onClose={close} />}
      {asking === 'rename' && saved !== null && <RenameDialog saved={saved} onRenamed={settle} onClose={close} />}
      {asking === 'migration' && <SaveSheet sql={tab.sql} onClose={close} />}
      <Confirm
        open={asking === 'delete'}
        title={`Delete ${titleOf(tab)}?`}
        body="Its file is removed. The text stays open here until you close it."
        action="Delete query"
        danger
        busy={busy}
        onConfirm={remove}
        onClose={close}
      />
      <KeyboardHelp open={asking === 'keys'} onClose={close} />
    </div>
  )
}
