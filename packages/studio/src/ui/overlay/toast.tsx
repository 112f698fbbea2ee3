// Short notices where no form has its buttons: that something was done, was not, or cannot be. They go by themselves;
// those about a failure wait until they are closed.

import { CircleCheck, CircleX, Info, X } from 'lucide-react'
import { useSyncExternalStore } from 'react'

import { Button } from '../button.tsx'

interface Notice {
  readonly id: number
  readonly kind: 'good' | 'bad' | 'note'
  readonly text: string
}

/** Milliseconds that a notice stays where nothing failed. */
const STAYS = 5_000

const listeners = new Set<() => void>()
let notices: readonly Notice[] = []
let made = 0

/** `good` for what was done, `bad` for what was not, `note` for what there is no way to do; each takes one sentence. */
export const toast = {
  good: (text: string): void => addForAWhile('good', text),
  bad: (text: string): void => void add('bad', text),
  /** Once for each sentence that is in sight: keys repeat. */
  note: (text: string): void => {
    if (!notices.some((notice) => notice.text === text)) addForAWhile('note', text)
  },
}

const icons = {
  good: { Icon: CircleCheck, tone: 'text-good' },
  bad: { Icon: CircleX, tone: 'text-danger' },
  note: { Icon: Info, tone: 'text-quiet' },
} as const

/** Where the notices appear; once, in the shell. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => notices)
  return (
    <div
      role="status"
      aria-live="polite"
      className="fixed top-3 left-1/2 -translate-x-1/2 sm:top-auto sm:bottom-4 sm:left-4 sm:translate-x-0 z-60 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2"
    >
      {shown.map((notice) => (
        <NoticeCard key={notice.id} {...notice} />
      ))}
    </div>
  )
}

function NoticeCard({ id, kind, text }: Notice) {
  const { Icon, tone } = icons[kind]
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-raised p-3 text-sm shadow-lg">
      <Icon className={`mt-0.5 size-4 shrink-0 ${tone}`} aria-hidden />
      <p className="min-w-0 flex-1 break-words">{text}</p>
      <Button variant="ghost" size="icon" className="size-6" aria-label="Dismiss" onClick={() => remove(id)}>
        <X aria-hidden />
      </Button>
    </div>
  )
}

function addForAWhile(kind: Notice['kind'], text: string): void {
  const id = add(kind, text)
  setTimeout(() => remove(id), STAYS)
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
