// The browser's own ways out of a form: back, forward, and closing the tab.

import { useBlocker } from '@tanstack/react-router'

interface TypedGuard {
  /** Somebody went back or forward, and waits for an answer. */
  readonly asked: boolean
  readonly leave: () => void
  readonly stay: () => void
}

/** Holds them up while there is something to lose. What the page itself does, such as closing after a save, is let through. */
export function useTypedGuard(dirty: boolean): TypedGuard {
  const blocker = useBlocker({
    shouldBlockFn: ({ action }) => dirty && (action === 'BACK' || action === 'FORWARD'),
    enableBeforeUnload: dirty,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return { asked: false, leave: nothing, stay: nothing }
  return { asked: true, leave: blocker.proceed, stay: blocker.reset }
}

function nothing(): void {}
