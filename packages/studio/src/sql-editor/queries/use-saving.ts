// Saving the query that is open, and what it asks a person for.

import { useEffect, useEffectEvent, useState } from 'react'

import { toast } from '../../ui/overlay/toast.tsx'
import { changeTab, type QueryTab, type SavedAs } from '../tabs/tabs-state.ts'
import { updateTabs } from '../tabs/tabs-store.ts'
import { useDeleteQuery, useSaveQuery } from './saved-queries.ts'

export type Asking = 'name' | 'rename' | 'migration' | 'delete' | 'keys' | null

interface Saving {
  /** Which dialog is open. */
  readonly asking: Asking
  readonly ask: (asking: Asking) => void
  /** Why it could not be saved over its file. */
  readonly conflict: unknown
  readonly busy: boolean
  /** Over its file where it has one. */
  readonly save: () => void
  readonly remove: () => void
  /** It stands in this file now, or in none. */
  readonly settle: (saved: SavedAs | null) => void
}

/** Ctrl+S saves, too. `onMoved` hears of another address. */
export function useSaving(tab: QueryTab, onMoved: (tab: QueryTab) => void): Saving {
  const [asking, setAsking] = useState<Asking>(null)
  const [conflict, setConflict] = useState<unknown>(null)
  const saving = useSaveQuery()
  const deleting = useDeleteQuery()
  const { saved } = tab
  const ask = (next: Asking) => {
    setAsking(next)
    setConflict(null)
  }
  const settle = (next: SavedAs | null) => {
    ask(null)
    updateTabs((state) => changeTab(state, tab.id, { saved: next }))
    if (next?.name !== saved?.name) onMoved({ ...tab, saved: next })
  }
  const onError = (error: unknown) => {
    setConflict(error)
    setAsking('name')
  }
  const save = () => {
    if (saved === null) return ask('name')
    saving.mutate({ name: saved.name, sql: tab.sql, version: saved.version }, { onSuccess: settle, onError })
  }
  const remove = () => {
    if (saved === null) return
    deleting.mutate(saved, { onSuccess: () => settle(null), onError: (error) => toast.bad(error.message) })
  }
  useSaveKey(save)
  return { asking, ask, conflict, busy: saving.isPending || deleting.isPending, save, remove, settle }
}

function useSaveKey(save: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    save()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
