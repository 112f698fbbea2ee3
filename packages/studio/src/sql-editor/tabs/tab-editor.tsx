// One open query: its text, how it is run, and what came of it.

import { useMemo, useState } from 'react'

import { CodeEditor } from '../../ui/code-editor/code-editor.tsx'
import { useCompletions } from '../queries/saved-queries.ts'
import { ResultsPanel } from '../results/results-panel.tsx'
import { DangerDialog } from '../run/danger-dialog.tsx'
import { RunToolbar } from '../run/run-toolbar.tsx'
import { type Run, useRun } from '../run/runs.ts'
import { useRunSettings } from '../run/use-run-settings.ts'
import { useRunner } from '../run/use-runner.ts'
import { changeTab, type QueryTab } from './tabs-state.ts'
import { updateTabs } from './tabs-store.ts'

/** Another tab needs another `key`. */
export function TabEditor({ tab }: { readonly tab: QueryTab }) {
  const { id, sql } = tab
  const [settings, setSettings] = useRunSettings()
  const [selection, setSelection] = useState<{ readonly text: string; readonly from: number } | null>(null)
  const run = useRun(id)
  const runner = useRunner(id, { limit: Number(settings.limit), readOnly: settings.readOnly })
  const schema = useCompletions()
  const problem = useMemo(() => problemOf(run, sql), [run, sql])
  const part = { text: selection?.text ?? sql, from: selection?.from ?? 0, whole: sql }
  return (
    <div
      className="flex min-h-0 min-w-0 flex-1 flex-col gap-3 p-3"
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter' || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        event.stopPropagation()
        runner.run(part, 'plan')
      }}
    >
      <RunToolbar
        run={run}
        hasSelection={selection !== null}
        settings={settings}
        onSettings={setSettings}
        onRun={(explain) => runner.run(part, explain)}
      />
      <div className="max-h-[45dvh] min-h-32 shrink-0 resize-y overflow-auto rounded-md">
        <CodeEditor
          label="SQL query"
          language="sql"
          value={sql}
          onChange={(text) => updateTabs((state) => changeTab(state, id, { sql: text }))}
          onRun={(text, from) => runner.run({ text, from, whole: sql })}
          onSelect={setSelection}
          problem={problem}
          minLines={9}
          placeholder="select * from …"
          {...(schema !== undefined && { schema })}
        />
      </div>
      <ResultsPanel run={run} />
      <DangerDialog
        pending={runner.pending}
        onConfirm={runner.confirm}
        onFixed={runner.confirmFixed}
        onClose={runner.dismiss}
      />
    </div>
  )
}

/** The place of the last run's error, as long as the text it was in still stands there. */
function problemOf(run: Run | undefined, sql: string): { from: number; message: string } | null {
  if (run?.kind !== 'answered') return null
  const { order, answer } = run
  const { error } = answer
  const position = error?.position ?? null
  if (error === null || position === null || !sql.startsWith(order.sql, order.from)) return null
  return { from: order.from + position.offset, message: error.message }
}
