// What a signed policy lets a form say, as S3 describes it (browser-based uploads using POST).

import { z } from 'zod'

import { Refusal } from '../../../refusal/refusal.ts'

export interface Policy {
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  readonly conditions: readonly Condition[]
}

type Condition = z.infer<typeof condition>

/** Bytes that the file may have. */
export interface SizeBounds {
  readonly least: number
  readonly most: number
}

const text = z.union([z.string(), z.number()]).transform(String)
const size = z.union([z.int().min(0), z.string().regex(/^\d{1,15}$/)]).transform(Number)
const range = z
  .tuple([z.literal('content-length-range'), size, size])
  .transform(([, least, most]) => ({ kind: 'size' as const, least, most }))
const rule = z
  .tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), text])
  .transform(([operator, name, value]) => ruleOf(name.slice(1), value, operator === 'starts-with'))
const equality = z
  .record(z.string(), text)
  .refine((record) => Object.keys(record).length === 1)
  .transform((record) => Object.entries(record).map(([name, value]) => ruleOf(name, value, false)))
  .transform(([only]) => only ?? ruleOf('', '', false))
const condition = z.union([range, rule, equality])
const document = z.object({ expiration: z.iso.datetime({ offset: true }), conditions: z.array(condition) })

/** Of the field as it came, in base64. Refuses with `s3.signature-malformed`. */
export function parsePolicy(encoded: string): Policy {
  const parsed = document.safeParse(parseJson(Buffer.from(encoded, 'base64').toString()))
  if (!parsed.success) throw new Refusal('s3.signature-malformed', { reason: 'The policy cannot be read' })
  return { expiresAt: Date.parse(parsed.data.expiration), conditions: parsed.data.conditions }
}

/**
 * Every condition holds, and every field is held to one. `fields` by their names in lower case. Refuses with
 * `s3.signature-expired`, `s3.policy-refused`.
 */
export function assertAllowed(
  { expiresAt, conditions }: Policy,
  fields: ReadonlyMap<string, string>,
  now: number,
): SizeBounds {
  if (expiresAt < now) throw new Refusal('s3.signature-expired', { expiredAt: expiresAt })
  const covered = new Set<string>()
  let bounds: SizeBounds = { least: 0, most: Infinity }
  for (const each of conditions) {
    if (each.kind === 'size') bounds = narrowed(bounds, each)
    else covered.add(assertHolds(each, fields))
  }
  for (const name of fields.keys())
    if (!covered.has(name) && !isFree(name)) throw refused(`the policy says nothing of the field ${name}`)
  return bounds
}

interface Rule {
  readonly kind: 'field'
  /** In lower case. */
  readonly field: string
  readonly value: string
  readonly isPrefix: boolean
}

function ruleOf(name: string, value: string, isPrefix: boolean): Rule {
  return { kind: 'field', field: name.toLowerCase(), value, isPrefix }
}

function assertHolds({ field, value, isPrefix }: Rule, fields: ReadonlyMap<string, string>): string {
  const said = fields.get(field)
  const holds = said !== undefined && (isPrefix ? said.startsWith(value) : said === value)
  if (!holds) throw refused(`${field} ${isPrefix ? 'does not start as' : 'is not what'} the policy says`)
  return field
}

const FREE = new Set([
  'policy',
  'x-amz-signature',
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-security-token',
])

function isFree(name: string): boolean {
  return FREE.has(name) || name.startsWith('x-ignore-')
}

function narrowed(one: SizeBounds, other: SizeBounds): SizeBounds {
  return { least: Math.max(one.least, other.least), most: Math.min(one.most, other.most) }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function refused(reason: string): Refusal {
  return new Refusal('s3.policy-refused', { reason })
}
