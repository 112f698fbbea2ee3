// How a query is run: as whom, how many rows, run or explained; and the button that stops it.

import { ChevronDown, Play, Square } from 'lucide-react'

import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/form/select.tsx'
import { Checkbox } from '../../ui/form/toggle.tsx'
import { Menu } from '../../ui/overlay/menu.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { ViewAsPicker } from '../../view-as/view-as-picker.tsx'
import { cancelRun, type Run, type RunOrder } from './runs.ts'

export const limits = ['100', '1000', '10000', '50000'] as const

export interface RunSettings {
  readonly limit: (typeof limits)[number]
  readonly readOnly: boolean
}

interface RunToolbarProps {
  readonly run: Run | undefined
  readonly hasSelection: boolean
  readonly settings: RunSettings
  readonly onSettings: (settings: RunSettings) => void
  readonly onRun: (explain: RunOrder['explain']) => void
}

export function RunToolbar({ run, hasSelection, settings, onSettings, onRun }: RunToolbarProps) {
  return (
    <div role="toolbar" aria-label="Run" className="flex flex-wrap items-center gap-2">
      <ViewAsPicker />
      <Select
        label="Row limit"
        className="w-36"
        value={settings.limit}
        onChange={(limit) => onSettings({ ...settings, limit })}
        options={limits.map((limit) => ({ value: limit, label: `${Number(limit).toLocaleString('en')} rows` }))}
      />
      <Checkbox
        label="Read only"
        checked={settings.readOnly}
        onChange={(readOnly) => onSettings({ ...settings, readOnly })}
      />
      <div className="ml-auto flex items-center gap-2">
        <Menu
          label="Explain"
          trigger={
            <>
              Explain <ChevronDown aria-hidden />
            </>
          }
          items={[
            { label: 'Explain: plan only', onSelect: () => onRun('plan') },
            { label: 'Explain analyze: run, then undo', onSelect: () => onRun('analyze') },
          ]}
        />
        {run?.kind === 'running' && (
          <Button variant="danger" onClick={() => cancel(run.id)}>
            <Square aria-hidden /> Cancel
          </Button>
        )}
        <Button variant="primary" busy={run?.kind === 'running'} title="Ctrl+Enter" onClick={() => onRun(null)}>
          <Play aria-hidden /> {hasSelection ? 'Run selected' : 'Run'}
        </Button>
      </div>
    </div>
  )
}

function cancel(id: string): void {
  cancelRun(id).catch((error: unknown) => toast.bad(error instanceof Error ? error.message : String(error)))
}
