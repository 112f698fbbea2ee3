// The identities looked through lately, kept in this browser.

import type { ViewAs } from './view-as.ts'

const KEY = 'tenon.view-as.recent'
const KEPT = 6

/** The latest first. */
export function recentIdentities(): readonly ViewAs[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? (kept as ViewAs[]) : []
  } catch {
    return []
  }
}

/** Puts it first; plain roles are a click away anyway and are not kept. */
export function rememberIdentity(identity: ViewAs): void {
  if (identity.claims === null || Object.keys(identity.claims).length === 0) return
  const others = recentIdentities().filter(({ label }) => label !== identity.label)
  localStorage.setItem(KEY, JSON.stringify([identity, ...others].slice(0, KEPT)))
}
