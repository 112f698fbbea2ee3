// Whose eyes the grid and the SQL editor look through: the owner of the database, or a role with claims. Kept for the
// tab, so that a reload looks through the same eyes.

import { useSyncExternalStore } from 'react'

/** As the platform's endpoints take it in `as`; null is the owner, who sees every row. */
export interface ViewAs {
  readonly role: string
  readonly claims: Readonly<Record<string, unknown>> | null
  /** What the picker shows, such as an e-mail address. */
  readonly label: string
}

const KEY = 'tenon.view-as'
const listeners = new Set<() => void>()
let current = read()

/** The present identity, kept up to date. */
export function useViewAs(): ViewAs | null {
  return useSyncExternalStore(subscribe, () => current)
}

/** Changes it for all screens of this tab. */
export function setViewAs(next: ViewAs | null): void {
  current = next
  if (next === null) sessionStorage.removeItem(KEY)
  else sessionStorage.setItem(KEY, JSON.stringify(next))
  for (const listener of listeners) listener()
}

/** The part the server takes. */
export function runAs(viewAs: ViewAs | null): Pick<ViewAs, 'role' | 'claims'> | null {
  return viewAs === null ? null : { role: viewAs.role, claims: viewAs.claims }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(): ViewAs | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as ViewAs | null
  } catch {
    return null
  }
}
