// The open queries, in a row.

import { Plus, X } from 'lucide-react'

import { Button } from '../../ui/button.tsx'
import { isUnsaved, type TabsState, titleOf } from './tabs-state.ts'

interface TabStripProps {
  readonly state: TabsState
  readonly onShow: (id: string) => void
  readonly onClose: (id: string) => void
  readonly onNew: () => void
}

export function TabStrip({ state, onShow, onClose, onNew }: TabStripProps) {
  return (
    <nav
      aria-label="Open queries"
      className="flex min-w-0 items-center gap-1 overflow-x-auto border-b border-line px-2"
    >
      {state.tabs.map((tab) => (
        <div
          key={tab.id}
          ref={tab.id === state.active ? comeIntoView : null}
          className={`flex shrink-0 items-center border-b-2 ${tab.id === state.active ? 'border-brand' : 'border-transparent'}`}
        >
          <button
            type="button"
            aria-current={tab.id === state.active ? 'page' : undefined}
            onClick={() => onShow(tab.id)}
            className="max-w-52 truncate px-2 py-2 text-sm text-quiet hover:text-text aria-[current]:text-text"
          >
            {titleOf(tab)}
            {isUnsaved(tab) && (
              <>
                <span aria-hidden> ●</span>
                <span className="sr-only"> (unsaved)</span>
              </>
            )}
          </button>
          <Button
            variant="ghost"
            size="icon"
            className="size-6"
            aria-label={`Close ${titleOf(tab)}`}
            onClick={() => onClose(tab.id)}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <Button variant="ghost" size="icon" aria-label="New query" title="New query" onClick={onNew}>
        <Plus aria-hidden />
      </Button>
    </nav>
  )
}

function comeIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
