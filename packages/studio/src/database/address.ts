// What of a Database screen stands in its address, so that a link leads to it.

import { getRouteApi, useNavigate } from '@tanstack/react-router'

/** The schema listed, and the panel that is open: for something new, or for the thing that `id` names. */
export interface DatabaseSearch {
  readonly schema?: string
  readonly panel?: 'new' | 'edit' | 'try'
  readonly id?: string
}

export function databaseSearch(search: Record<string, unknown>): DatabaseSearch {
  const { panel } = search
  return {
    ...textAt(search, 'schema'),
    ...((panel === 'new' || panel === 'edit' || panel === 'try') && { panel }),
    ...textAt(search, 'id'),
  }
}

/** A name that is a number arrives as one. */
function textAt<Key extends string>(search: Record<string, unknown>, key: Key): { [Each in Key]?: string } {
  const value = search[key]
  if (typeof value !== 'string' && typeof value !== 'number') return {}
  return { [key]: String(value) } as { [Each in Key]?: string }
}

interface DatabaseAddress {
  readonly schema: string
  readonly panel: DatabaseSearch['panel'] | null
  readonly id: string | null
  /** Shows something else of the same screen. */
  readonly show: (next: DatabaseSearch) => void
  /** Closes the panel. */
  readonly close: () => void
}

/** The present address of a Database screen. */
export function useDatabaseAddress(): DatabaseAddress {
  const { schema = 'public', panel = null, id = null } = getRouteApi('/database').useSearch()
  const navigate = useNavigate()
  const show = (next: DatabaseSearch) => void navigate({ to: '.', search: next })
  const kept = schema === 'public' ? {} : { schema }
  return { schema, panel, id, show: (next) => show({ ...kept, ...next }), close: () => show(kept) }
}
