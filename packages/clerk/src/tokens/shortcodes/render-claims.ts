// Fills a claims template. Values only: keys are never looked into. Rules as Clerk documents its JWT
// templates: a value that is exactly one shortcode keeps its type, inside text it prints, unknown is null.

import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { type Operand, parseClaimText } from './parse-claim-text.ts'

/** What shortcodes may name: `user`, `org`, `org_membership`, each a tree of values. Absent roots read as null. */
export type ShortcodeScope = JsonObject

/** Renders every claim of a template; cannot refuse. */
export function renderClaims(template: JsonObject, scope: ShortcodeScope): JsonObject {
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, renderValue(value, scope)]))
}

/** True when any value of the template holds a shortcode, so that it must be rendered for each token. */
export function hasShortcodes(template: Json): boolean {
  if (typeof template === 'string') return parseClaimText(template).some((part) => part.kind === 'shortcode')
  if (Array.isArray(template)) return template.some((item: Json) => hasShortcodes(item))
  return isJsonObject(template) && Object.values(template).some((value) => hasShortcodes(value))
}

function renderValue(value: Json, scope: ShortcodeScope): Json {
  if (typeof value === 'string') return renderText(value, scope)
  if (Array.isArray(value)) return value.map((item: Json) => renderValue(item, scope))
  return isJsonObject(value) ? renderClaims(value, scope) : value
}

function renderText(text: string, scope: ShortcodeScope): Json {
  const parts = parseClaimText(text)
  const [only] = parts
  if (parts.length === 1 && only?.kind === 'shortcode') return evaluate(only.operands, scope)
  return parts.map((part) => (part.kind === 'text' ? part.text : print(evaluate(part.operands, scope)))).join('')
}

/** The first operand that is neither null nor false, else the last one. */
function evaluate(operands: readonly Operand[], scope: ShortcodeScope): Json {
  let value: Json = null
  for (const operand of operands) {
    value = operand.kind === 'literal' ? operand.value : lookUp(operand.path, scope)
    if (value !== null && value !== false) break
  }
  return value
}

function lookUp(path: readonly string[], scope: ShortcodeScope): Json {
  let value: Json = scope
  for (const step of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, step)) return null
    value = value[step] ?? null
  }
  return value
}

function print(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
