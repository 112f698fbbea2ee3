// The texts of a form and the members of a body, from one to the other.

import type { Entry } from '../queries.ts'
import type { EntryField } from './providers.ts'

export type Texts = Readonly<Record<string, string>>

/** What is wrong with each field; nothing where all is well. Whether an issuer is usable is the server's to judge. */
export function problemsOf(fields: readonly EntryField[], texts: Texts): Texts {
  const missing = fields.filter(({ key, optional }) => optional !== true && textAt(texts, key) === '')
  return Object.fromEntries(missing.map(({ key, label }) => [key, `${label} must be filled in.`]))
}

/** Empty fields are left out, or with `clears` taken out of the configuration. */
export function entryOf(fields: readonly EntryField[], texts: Texts, clears = false): Entry {
  const members = fields.map(({ key, list }) => {
    const text = textAt(texts, key)
    if (text === '') return [key, null] as const
    return [key, list === true ? listOf(text) : text] as const
  })
  return Object.fromEntries(members.filter(([, value]) => clears || value !== null))
}

/** The form of what the configuration says. */
export function textsOf(fields: readonly EntryField[], settings: Readonly<Record<string, unknown>>): Texts {
  return Object.fromEntries(fields.map(({ key }) => [key, printed(settings[key])]))
}

function printed(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'string' ? value : ''
}

function textAt(texts: Texts, key: string): string {
  return (texts[key] ?? '').trim()
}

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
