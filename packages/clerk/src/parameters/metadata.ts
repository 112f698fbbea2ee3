// Metadata: merged deeply by PATCH, replaced whole by PUT.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { isJsonObject, type Json, type JsonObject } from '../tokens/json.ts'
import { type Body, optionalObject } from './body.ts'

/** Merges a change into metadata at every depth; null removes a key (the rules of RFC 7396). */
export function mergeMetadata(existing: JsonObject, change: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...existing }
  for (const [key, value] of Object.entries(change)) {
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined
    if (value === null) delete merged[key]
    else merged[key] = isJsonObject(value) ? mergeMetadata(isJsonObject(before) ? before : {}, value) : value
  }
  return merged
}

/** Clerk's limit, in bytes of JSON. */
const metadataMostBytes = 8192

/** Metadata that its owner writes herself, who is anybody. Refuses more than 8 KB: it travels with every user, event and letter. */
export function requireSmallMetadata(param: string, metadata: JsonObject): JsonObject {
  if (Buffer.byteLength(JSON.stringify(metadata)) <= metadataMostBytes) return metadata
  throw new ClerkRefusal('form_param_exceeds_allowed_size', { param, mostBytes: metadataMostBytes })
}

/** What PATCH makes of a field: merged when sent, untouched when not. */
export function mergedField(body: Body, param: string, existing: JsonObject): JsonObject | undefined {
  const change = optionalObject(body, param)
  return change === undefined || change === null ? undefined : mergeMetadata(existing, change)
}

/** What PUT makes of a field: the new value when sent (null empties it), untouched when not. */
export function replacedField(body: Body, param: string): JsonObject | undefined {
  const value = optionalObject(body, param)
  return value === undefined ? undefined : (value ?? {})
}
