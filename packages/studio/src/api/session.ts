// Whether the session of this page still holds. The first request that is refused for want of one tells it.

import { useSyncExternalStore } from 'react'

type Session = 'open' | 'over'

let session: Session = 'open'
const listeners = new Set<() => void>()

/** What the requests of this page last said of it. */
export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session)
}

/** A restarted server knows no session of before, and nobody else tells the page. */
export function tellSession(next: Session): void {
  if (next === session) return
  session = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
