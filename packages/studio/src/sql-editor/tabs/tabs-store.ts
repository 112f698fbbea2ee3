// The open queries of this browser: every keystroke is kept, so that no reload or crash loses one. Windows that stand
// open beside each other share them.

import { useSyncExternalStore } from 'react'

import { freshState, readState, type TabsState } from './tabs-state.ts'

const KEY = 'tenon.sql-editor.tabs'
const listeners = new Set<() => void>()
let current: TabsState = readState(localStorage.getItem(KEY)) ?? freshState(crypto.randomUUID())
let kept = true

addEventListener('storage', ({ key, newValue }) => {
  const next = key === KEY ? readState(newValue) : null
  if (next === null) return
  // What is shown here is this window's own choice.
  current = next.tabs.some(({ id }) => id === current.active) ? { ...next, active: current.active } : next
  tell()
})

export function useTabs(): TabsState {
  return useSyncExternalStore(subscribe, () => current)
}

/** Whether the browser had room to keep them the last time. */
export function useTabsKept(): boolean {
  return useSyncExternalStore(subscribe, () => kept)
}

export function tabsNow(): TabsState {
  return current
}

/** Replaces them, and keeps what came out. */
export function updateTabs(change: (state: TabsState) => TabsState): TabsState {
  current = change(current)
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
    kept = true
  } catch {
    kept = false
  }
  tell()
  return current
}

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
