// How queries are run, kept in this browser.

import { useState } from 'react'

import { limits, type RunSettings } from './run-toolbar.tsx'

const KEY = 'tenon.sql-editor.run'
const usual: RunSettings = { limit: '1000', readOnly: false }

export function useRunSettings(): readonly [RunSettings, (settings: RunSettings) => void] {
  const [settings, setSettings] = useState(read)
  const change = (next: RunSettings) => {
    setSettings(next)
    localStorage.setItem(KEY, JSON.stringify(next))
  }
  return [settings, change]
}

function read(): RunSettings {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as RunSettings | null
    return kept !== null && limits.includes(kept.limit) ? { ...usual, ...kept } : usual
  } catch {
    return usual
  }
}
