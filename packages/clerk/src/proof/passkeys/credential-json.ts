// A device's answer, as the SDK sends it: JSON in a form field, binary parts in base64url.

import { formObject } from '../../parameters/form.ts'
import type { Body } from '../../parameters/body.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { isJsonObject, type Json, type JsonObject } from '../../tokens/json.ts'

/** The parts that both kinds of answer have. */
export interface CredentialJson {
  readonly id: string
  readonly rawId: string
  readonly response: JsonObject
}

/** Reads `public_key_credential`. Refuses what is none. */
export function requireCredentialJson(form: Body): CredentialJson {
  const credential = formObject(form, 'public_key_credential')
  if (credential === undefined) throw new ClerkRefusal('form_param_missing', { param: 'public_key_credential' })
  const { id, response } = credential
  const rawId = credential['rawId'] ?? id
  if (!isBase64Url(id) || !isBase64Url(rawId) || !isJsonObject(response)) {
    throw new ClerkRefusal('passkey_invalid_public_key_credential', {})
  }
  return { id, rawId, response }
}

/** A binary part of the answer. Refuses one that is missing. */
export function requirePart({ response }: CredentialJson, name: string): string {
  const value = response[name]
  if (!isBase64Url(value)) throw new ClerkRefusal('passkey_invalid_public_key_credential', {})
  return value
}

function isBase64Url(value: Json | undefined): value is string {
  return typeof value === 'string' && /^[\w-]+$/.test(value)
}
