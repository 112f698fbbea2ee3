// The Prefer header (RFC 7240), as far as this dialect knows it.

import type { Preferences } from './api-request.ts'

const values = {
  resolution: ['merge-duplicates', 'ignore-duplicates'],
  return: ['representation', 'minimal', 'headers-only'],
  count: ['exact', 'planned', 'estimated'],
  tx: ['commit', 'rollback'],
  missing: ['default', 'null'],
  handling: ['strict', 'lenient'],
} as const

type Name = keyof typeof values
type Value<Of extends Name> = (typeof values)[Of][number]

const acceptable: ReadonlySet<string> = new Set(
  Object.entries(values).flatMap(([name, known]) => known.map((value) => `${name}=${value}`)),
)

function firstOf<Of extends Name>(name: Of, preferences: readonly string[]): Value<Of> | null {
  const known: readonly Value<Of>[] = values[name]
  for (const preference of preferences) {
    const value = known.find((candidate) => preference === `${name}=${candidate}`)
    if (value !== undefined) return value
  }
  return null
}

function firstBehind(prefix: string, preferences: readonly string[]): string | null {
  return preferences.find((preference) => preference.startsWith(prefix))?.slice(prefix.length) ?? null
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\s*-?\d+\s*$/.test(text) ? Number(text) : null
}

const none: Preferences = {
  resolution: null,
  return: null,
  count: null,
  missing: null,
  transaction: null,
  handling: null,
  timezone: null,
  maxAffected: null,
  invalid: [],
}

/**
 * Reads a Prefer header; the first of each kind counts. Without `transactionOverride`, `tx` is neither
 * listened to nor called invalid. Names nobody knows are listed; whether that matters is the plan's to say.
 */
export function parsePreferences(header: string | undefined, transactionOverride: boolean): Preferences {
  if (header === undefined || header === '') return none
  const preferences = header.split(',').map((preference) => preference.trim())
  return {
    resolution: firstOf('resolution', preferences),
    return: firstOf('return', preferences),
    count: firstOf('count', preferences),
    missing: firstOf('missing', preferences),
    transaction: transactionOverride ? firstOf('tx', preferences) : null,
    handling: firstOf('handling', preferences),
    timezone: firstBehind('timezone=', preferences),
    maxAffected: wholeNumber(firstBehind('max-affected=', preferences)),
    invalid: preferences.filter(
      (preference) =>
        !acceptable.has(preference) && !preference.startsWith('timezone=') && !preference.startsWith('max-affected='),
    ),
  }
}
