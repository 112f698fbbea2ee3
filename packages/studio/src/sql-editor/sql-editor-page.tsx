// The SQL Editor: saved queries and templates at the left, open queries in tabs.

import { PanelLeft } from 'lucide-react'
import { useEffect, useState } from 'react'

import { Button } from '../ui/button.tsx'
import { RefusalNote } from '../ui/display/refusal-note.tsx'
import { Confirm } from '../ui/overlay/confirm.tsx'
import { Sheet } from '../ui/overlay/panel.tsx'
import { QueryActions } from './queries/query-actions.tsx'
import { QueryList } from './queries/query-list.tsx'
import { TabEditor } from './tabs/tab-editor.tsx'
import { titleOf } from './tabs/tabs-state.ts'
import { useTabsKept } from './tabs/tabs-store.ts'
import { TabStrip } from './tabs/tab-strip.tsx'
import { useOpenQueries } from './tabs/use-open-queries.ts'

export function SqlEditorPage() {
  const queries = useOpenQueries()
  const kept = useTabsKept()
  const { state, active, refused, closing } = queries
  const title = active === undefined ? '' : titleOf(active)
  useEffect(() => {
    document.title = `${title} · SQL Editor · Tenon Studio`
  }, [title])
  return (
    <div className="flex h-full min-w-0">
      <h1 className="sr-only">SQL Editor</h1>
      <aside aria-label="Queries" className="hidden w-60 shrink-0 overflow-y-auto border-r border-line p-3 lg:block">
        <QueryList current={active?.saved?.name ?? null} onOpen={queries.openByName} onTemplate={queries.begin} />
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex items-center gap-2 pr-3">
          <QueriesButton {...queries} />
          <div className="min-w-0 flex-1">
            <TabStrip
              state={state}
              onShow={queries.showById}
              onClose={queries.close}
              onNew={() => queries.begin(null)}
            />
          </div>
          {active !== undefined && <QueryActions tab={active} onMoved={queries.show} />}
        </div>
        {!kept && (
          <p role="alert" className="bg-warning-soft px-3 py-1 text-xs text-warning">
            This browser has no room left: what you type is not kept over a reload. Save it.
          </p>
        )}
        {refused !== null && (
          <div className="p-3 pb-0">
            <RefusalNote error={refused} />
          </div>
        )}
        {active !== undefined && <TabEditor key={active.id} tab={active} />}
      </div>
      <Confirm
        open={closing !== null}
        title={`Close ${closing === null ? '' : titleOf(closing)} without saving?`}
        body="What you typed into it is not saved anywhere else."
        action="Close without saving"
        danger
        onConfirm={queries.confirmClose}
        onClose={queries.keep}
      />
    </div>
  )
}

type QueriesButtonProps = Pick<ReturnType<typeof useOpenQueries>, 'active' | 'openByName' | 'begin'>

/** The list where there is no room for it. */
function QueriesButton({ active, openByName, begin }: QueriesButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        className="ml-1 lg:hidden"
        aria-label="Show queries and templates"
        onClick={() => setOpen(true)}
      >
        <PanelLeft aria-hidden />
      </Button>
      <Sheet open={open} onClose={() => setOpen(false)} title="Queries">
        <QueryList
          current={active?.saved?.name ?? null}
          onOpen={(name) => {
            setOpen(false)
            openByName(name)
          }}
          onTemplate={(template) => {
            setOpen(false)
            begin(template)
          }}
        />
      </Sheet>
    </>
  )
}
