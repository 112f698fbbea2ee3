// Short notices where no form has its buttons: that something was done, or was not. They go by themselves; those about
// a failure wait until they are closed.

import { CircleCheck, CircleX, X } from 'lucide-react'
import { useSyncExternalStore } from 'react'

import { Button } from '../button.tsx'

interface Notice {
  readonly id: number
  readonly kind: 'good' | 'bad'
  readonly text: string
}

/** Milliseconds that a good notice stays. */
const STAYS = 5_000

const listeners = new Set<() => void>()
let notices: readonly Notice[] = []
let made = 0

/** `good` for what was done, `bad` for what was not; both take one sentence. */
export const toast = {
  good: (text: string): void => {
    const id = add('good', text)
    setTimeout(() => remove(id), STAYS)
  },
  bad: (text: string): void => void add('bad', text),
}

/** Where the notices appear; once, in the shell. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => notices)
  return (
    <div
      role="status"
      aria-live="polite"
      className="fixed top-3 left-1/2 -translate-x-1/2 sm:top-auto sm:bottom-4 sm:left-4 sm:translate-x-0 z-60 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2"
    >
      {shown.map(({ id, kind, text }) => (
        <div key={id} className="flex items-start gap-2 rounded-md border border-line bg-raised p-3 text-sm shadow-lg">
          {kind === 'good' ? (
            <CircleCheck className="mt-0.5 size-4 shrink-0 text-good" aria-hidden />
          ) : (
            <CircleX className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
          )}
          <p className="min-w-0 flex-1 break-words">{text}</p>
          <Button variant="ghost" size="icon" className="size-6" aria-label="Dismiss" onClick={() => remove(id)}>
            <X aria-hidden />
          </Button>
        </div>
      ))}
    </div>
  )
}

function add(kind: Notice['kind'], text: string): number {
  made += 1
  change([...notices, { id: made, kind, text }])
  return made
}

function remove(id: number): void {
  change(notices.filter((notice) => notice.id !== id))
}

function change(next: readonly Notice[]): void {
  notices = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
