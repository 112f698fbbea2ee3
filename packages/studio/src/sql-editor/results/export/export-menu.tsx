// Takes a result away: what is shown, as CSV or JSON, copied or as a file; or all of its rows.

import { Download } from 'lucide-react'

import { runAs } from '../../../view-as/view-as.ts'
import { copyText } from '../../../ui/display/copy-text.ts'
import { Menu } from '../../../ui/overlay/menu.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { send } from '../../../api/request.ts'
import type { StatementResult } from '../../run/run-answer.ts'
import type { RunOrder } from '../../run/runs.ts'
import { toCsv, toJson } from './export-text.ts'

interface ExportMenuProps {
  readonly result: StatementResult
  readonly order: RunOrder
}

export function ExportMenu({ result, order }: ExportMenuProps) {
  const { columns, rows, more } = result
  if (columns.length === 0 || rows.length === 0) return null
  const whole = (format: 'csv' | 'json') => {
    saveAll(result, order, format).catch((error: unknown) =>
      toast.bad(error instanceof Error ? error.message : String(error)),
    )
  }
  return (
    <Menu
      label="Export"
      size="sm"
      trigger={
        <>
          <Download aria-hidden /> Export
        </>
      }
      items={[
        { label: 'Copy as CSV', onSelect: () => void copyText(toCsv(columns, rows)) },
        { label: 'Copy as JSON', onSelect: () => void copyText(toJson(columns, rows)) },
        { label: 'Download CSV', apart: true, onSelect: () => saveFile('result.csv', toCsv(columns, rows)) },
        { label: 'Download JSON', onSelect: () => saveFile('result.json', toJson(columns, rows)) },
        ...(more
          ? [
              { label: 'Download all rows as CSV', apart: true, onSelect: () => whole('csv') },
              { label: 'Download all rows as JSON', onSelect: () => whole('json') },
            ]
          : []),
      ]}
    />
  )
}

/** The statement runs once more, and may only read. */
async function saveAll({ text }: StatementResult, { viewAs }: RunOrder, format: 'csv' | 'json'): Promise<void> {
  const response = await send('/platform/v1/query/export', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sql: text, as: runAs(viewAs), format }),
  })
  saveFile(`result.${format}`, await response.blob())
}
