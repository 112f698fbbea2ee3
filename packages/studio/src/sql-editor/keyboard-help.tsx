// Which keys do what.

import { Dialog } from '../ui/overlay/panel.tsx'

const keys: readonly (readonly [keys: string, does: string])[] = [
  ['Ctrl+Enter', 'Run the selection, or everything'],
  ['Ctrl+Shift+Enter', 'Explain it'],
  ['Ctrl+S', 'Save'],
  ['Ctrl+Space', 'Complete a name'],
  ['Ctrl+/', 'Comment or uncomment'],
  ['Ctrl+F', 'Search in the query'],
  ['Tab', 'Leave the editor'],
  ['Arrows, Page Up, Page Down', 'Move among the rows'],
  ['Enter', 'Show a value whole'],
  ['Ctrl+C', 'Copy a value'],
]

interface KeyboardHelpProps {
  readonly open: boolean
  readonly onClose: () => void
}

export function KeyboardHelp({ open, onClose }: KeyboardHelpProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts" description="On a Mac, Cmd in place of Ctrl.">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
        {keys.map(([pressed, does]) => (
          <div key={pressed} className="contents">
            <dt>
              <kbd className="rounded border border-line bg-sunken px-1.5 py-0.5 font-mono text-xs">{pressed}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
