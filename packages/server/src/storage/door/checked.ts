// What a request brings, checked against its schema. What is wrong is said in the words of upstream's validator (Ajv),
// which clients show as they are.

import type { z } from 'zod'

import { Refusal } from '../../refusal/refusal.ts'

type Issue = z.core.$ZodIssue

/** Refuses with `storage.request-invalid`. */
export function checked<Shape extends z.ZodType>(
  where: 'body' | 'querystring' | 'headers',
  schema: Shape,
  value: unknown,
): z.infer<Shape> {
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const reason = issue === undefined ? `${where} is invalid` : sayIssue(where, issue)
  throw new Refusal('storage.request-invalid', { reason })
}

function sayIssue(where: string, issue: Issue): string {
  const { path } = issue
  if (issue.code === 'invalid_type' && issue.input === undefined && path.length > 0)
    return `${[where, ...path.slice(0, -1)].join('/')} must have required property '${String(path.at(-1))}'`
  return `${[where, ...path].join('/')} ${sayWrong(issue)}`
}

function sayWrong(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      // No number of this API has a fraction.
      return `must be ${issue.expected === 'int' || issue.expected === 'number' ? 'integer' : issue.expected}`
    case 'invalid_value':
      return 'must be equal to one of the allowed values'
    case 'too_small':
      return sayBound(issue.origin, 'fewer', issue.minimum)
    case 'too_big':
      return sayBound(issue.origin, 'more', issue.maximum)
    case 'invalid_format':
      return `must match ${issue.pattern === undefined ? 'format' : 'pattern'} "${issue.pattern?.slice(1, -1) ?? issue.format}"`
    case 'unrecognized_keys':
      return 'must NOT have additional properties'
    case 'invalid_union':
      return 'must match a schema in anyOf'
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return issue.message
  }
}

function sayBound(origin: string, than: 'fewer' | 'more', bound: number | bigint): string {
  if (origin === 'array' || origin === 'set') return `must NOT have ${than} than ${bound} items`
  if (origin === 'string') return `must NOT have ${than} than ${bound} characters`
  return than === 'fewer' ? `must be >= ${bound}` : `must be <= ${bound}`
}
