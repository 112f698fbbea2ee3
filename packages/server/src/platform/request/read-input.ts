// What a platform request carries, checked against its schema.

import type { z } from 'zod'

import { Refusal } from '../../refusal/refusal.ts'

/** The body as the schema describes it. Refuses `request.body-invalid` with the first thing that does not fit. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const read = schema.safeParse(body ?? {})
  if (read.success) return read.data
  throw new Refusal('request.body-invalid', { reason: firstProblem(read.error) })
}

/** The query string's parameters as the schema describes them; every value arrives as text. Refuses `request.body-invalid`. */
export function readQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.infer<Schema> {
  return readBody(schema, query)
}

/** The parameters of the path, percent-decoded. Refuses `request.body-invalid`. */
export function readPath<Schema extends z.ZodType>(schema: Schema, parameters: unknown): z.infer<Schema> {
  return readBody(schema, parameters)
}

function firstProblem({ issues }: z.ZodError): string {
  const [issue] = issues
  if (issue === undefined) return 'The body does not fit.'
  const path = issue.path.map(String).join('.')
  return path === '' ? issue.message : `${path}: ${issue.message}`
}
