// Light, dark, or as the system has it. Kept in the browser.

import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark' | 'system'

const KEY = 'tenon.theme'
const dark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
let chosen = read()

/** Puts the theme on the document, now and whenever the system changes it. */
export function followTheme(): void {
  apply()
  dark.addEventListener('change', apply)
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => chosen,
  )
}

export function setTheme(next: Theme): void {
  chosen = next
  localStorage.setItem(KEY, next)
  apply()
  for (const listener of listeners) listener()
}

function apply(): void {
  const isDark = chosen === 'dark' || (chosen === 'system' && dark.matches)
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
}

function read(): Theme {
  const kept = localStorage.getItem(KEY)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}
