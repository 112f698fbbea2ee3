// Refusals as storage-js reads them: `{statusCode, error, message, code}`, where the answer itself is mostly a 400.

import type { AnyRefusal, Refusal } from '../refusal.ts'
import type { SaidCode, Sayings, StorageSaid } from './said.ts'
import { databaseSayings } from './say-database.ts'
import { storageSayings } from './say-storage.ts'
import { tokenSayings } from './say-token.ts'

export interface RenderedStorage {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const sayings: Sayings<SaidCode> = { ...storageSayings, ...tokenSayings, ...databaseSayings }

/** Null for a refusal that says nothing in this dialect, whose clients know these four members and no other. */
export function renderStorage(refusal: AnyRefusal): RenderedStorage | null {
  const said = sayInStorage(refusal)
  if (said === null) return null
  const { status, statusCode, error, code, message } = said
  return { status, body: { statusCode: `${statusCode}`, error, message, code } }
}

/** What is said, before any protocol puts it in its form. */
export function sayInStorage(refusal: AnyRefusal): StorageSaid | null {
  return isSaid(refusal) ? say(refusal) : null
}

function say<Code extends SaidCode>(refusal: Refusal<Code>): StorageSaid {
  return sayings[refusal.code](refusal.detail)
}

function isSaid(refusal: AnyRefusal): refusal is Extract<AnyRefusal, { readonly code: SaidCode }> {
  return Object.hasOwn(sayings, refusal.code)
}
