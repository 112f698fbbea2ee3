// What an object tells search engines (`X-Robots-Tag`), which is kept from its upload for every answer that brings it.

import { Refusal } from '../../../refusal/refusal.ts'

const FLAGS = new Set([
  'all',
  'noindex',
  'nofollow',
  'none',
  'nosnippet',
  'indexifembedded',
  'notranslate',
  'noimageindex',
])
const PREVIEWS = new Set(['none', 'standard', 'large'])
const LONGEST = 1000
const WHOLE = /^-?\d+$/
/** A date has commas of its own: it goes on to the next rule, or the next crawler that is named. */
const RULES = /\s*(unavailable_after:.*?(?=,\s*[a-z_-]+\s*(?:,|$)|,\s*[a-z_-]+:|$)|[^,]*)(?:,|$)/gi

/** Null where none is sent. Refuses with `storage.robots-tag-invalid`. */
export function readRobotsTag(value: string | readonly string[] | undefined): string | null {
  if (value === undefined) return null
  const text = String(value)
  if (text.length > LONGEST) throw invalid(`X-Robots-Tag header value may have ${LONGEST} characters`)
  checkRules(text)
  return text
}

function checkRules(text: string): void {
  if (text.trim() === '') throw invalid('X-Robots-Tag header value must be a non-empty string')
  for (const [whole, rule = ''] of text.matchAll(RULES)) if (whole !== '') checkRule(rule.trim())
}

function checkRule(rule: string): void {
  if (rule === '') throw invalid('X-Robots-Tag header contains empty rule')
  if (FLAGS.has(rule)) return
  const colon = rule.indexOf(':')
  if (colon < 0) throw invalid(`Invalid X-Robots-Tag rule: "${rule}"`)
  const [name, value] = [rule.slice(0, colon).trim(), rule.slice(colon + 1).trim()]
  const check = VALUES.get(name)
  if (check !== undefined) return check(name, value)
  if (value === '') throw invalid(`X-Robots-Tag user agent "${name}" has no rules specified`)
  checkRules(value)
}

const VALUES: ReadonlyMap<string, (name: string, value: string) => void> = new Map([
  ['max-snippet', checkCount],
  ['max-video-preview', checkCount],
  ['max-image-preview', checkPreview],
  ['unavailable_after', checkDate],
])

function checkCount(name: string, value: string): void {
  checkGiven(name, value)
  if (!WHOLE.test(value) || Number(value) < -1)
    throw invalid(`X-Robots-Tag "${name}" value must be an integer >= -1, got: "${value}"`)
}

function checkPreview(name: string, value: string): void {
  checkGiven(name, value)
  if (!PREVIEWS.has(value))
    throw invalid(`X-Robots-Tag "${name}" value must be one of: none, standard, large, got: "${value}"`)
}

function checkDate(name: string, value: string): void {
  checkGiven(name, value)
  if (Number.isNaN(Date.parse(value)))
    throw invalid(`X-Robots-Tag "${name}" value must be a valid date, got: "${value}"`)
}

function checkGiven(name: string, value: string): void {
  if (value === '') throw invalid(`X-Robots-Tag rule "${name}" requires a value`)
}

function invalid(reason: string): Refusal {
  return new Refusal('storage.robots-tag-invalid', { reason })
}
