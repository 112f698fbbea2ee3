// Refusals as clients of tus read them: the real status and one line of text.

import { ERRORS } from '@tus/server'

import { type AnyRefusal, isRefusal } from '../../../../refusal/refusal.ts'
import { sayInStorage } from '../../../../refusal/storage/render-storage.ts'

export interface SaidInTus {
  readonly status_code: number
  readonly body: string
}

/** Null for what is no refusal: the library's own, or a fault. */
export function sayInTus(thrown: unknown): SaidInTus | null {
  return isRefusal(thrown) ? say(thrown) : null
}

/** The library's own refusals are plain objects of this form. */
export function isProtocolError(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'status_code' in thrown && 'body' in thrown
}

function say(refusal: AnyRefusal): SaidInTus | null {
  // The library compares sizes itself, too, and clients match its words.
  if (refusal.code === 'storage.too-large') return ERRORS.ERR_MAX_SIZE_EXCEEDED
  const said = sayInStorage(refusal)
  return said === null ? null : { status_code: said.statusCode, body: said.message }
}
