// What a request brings, checked against its schema. What is wrong is said in the words of upstream's validator (Ajv),
// which clients show as they are.

import type { z } from 'zod'

import { Refusal } from '../../refusal/refusal.ts'

type Issue = z.core.$ZodIssue

/** Values of another simple type than is wanted are turned into it first, as that validator does. Refuses with `storage.request-invalid`. */
export function checked<Shape extends z.ZodType>(
  where: 'body' | 'querystring' | 'headers',
  schema: Shape,
  value: unknown,
): z.infer<Shape> {
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return parsed.data
  const turned = structuredClone(value)
  if (parsed.error.issues.filter((issue) => turn(turned, issue)).length > 0) return checked(where, schema, turned)
  const [issue] = parsed.error.issues
  const reason = issue === undefined ? `${where} is invalid` : sayIssue(where, issue)
  throw new Refusal('storage.request-invalid', { reason })
}

/** Puts in place what `issue` wants there; false where nothing simple will do. What was turned once is not turned again. */
function turn(value: unknown, issue: Issue): boolean {
  if (issue.code !== 'invalid_type' || issue.path.length === 0) return false
  const wanted = simply(issue.input, issue.expected)
  if (wanted === undefined) return false
  let place: unknown = value
  for (const step of issue.path.slice(0, -1)) place = Reflect.get(Object(place), step)
  return Reflect.set(Object(place), issue.path.at(-1) ?? '', wanted)
}

/** By the table of Ajv's coercion; undefined where it has nothing. */
function simply(input: unknown, expected: string): unknown {
  if (input !== null && !isSimple(input)) return undefined
  switch (expected) {
    case 'string':
      return input === null ? '' : String(input)
    case 'array':
      return [input]
    case 'boolean':
      return TRUTHS.get(input)
    case 'int':
    case 'number':
      return typeof input === 'number' ? undefined : numberOf(input, expected)
    default:
      return undefined
  }
}

function isSimple(input: unknown): input is string | number | boolean {
  return typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean'
}

const TRUTHS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ['true', true],
  [1, true],
  ['false', false],
  [0, false],
  [null, false],
])

function numberOf(input: unknown, expected: 'int' | 'number'): number | undefined {
  const number = input === '' ? Number.NaN : Number(input)
  return Number.isFinite(number) && (expected === 'number' || Number.isSafeInteger(number)) ? number : undefined
}

function sayIssue(where: string, issue: Issue): string {
  const { path } = issue
  if (issue.input === undefined && path.length > 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value'))
    return `${[where, ...path.slice(0, -1)].join('/')} must have required property '${String(path.at(-1))}'`
  const at = [where, ...path].join('/')
  return sayWrong(issue)
    .map((wrong) => `${at} ${wrong}`)
    .join(', ')
}

/** What the validator finds wrong, in its order; `custom` issues bring theirs as lines. */
function sayWrong(issue: Issue): readonly string[] {
  switch (issue.code) {
    case 'invalid_type':
      return [`must be ${TYPES.get(issue.expected) ?? issue.expected}`]
    case 'invalid_value':
      return ['must be equal to one of the allowed values']
    case 'too_small':
      return [sayBound(issue.origin, 'fewer', issue.minimum)]
    case 'too_big':
      return [sayBound(issue.origin, 'more', issue.maximum)]
    case 'invalid_format':
      return [
        `must match ${issue.pattern === undefined ? 'format' : 'pattern'} "${issue.pattern?.slice(1, -1) ?? issue.format}"`,
      ]
    case 'unrecognized_keys':
      return ['must NOT have additional properties']
    case 'invalid_union':
      return ['must match a schema in anyOf']
    case 'custom':
      return issue.message.split('\n')
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return [issue.message]
  }
}

/** No number of this API has a fraction. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['int', 'integer'],
  ['number', 'integer'],
  ['record', 'object'],
])

function sayBound(origin: string, than: 'fewer' | 'more', bound: number | bigint): string {
  if (origin === 'array' || origin === 'set') return `must NOT have ${than} than ${bound} items`
  if (origin === 'string') return `must NOT have ${than} than ${bound} characters`
  return than === 'fewer' ? `must be >= ${bound}` : `must be <= ${bound}`
}
