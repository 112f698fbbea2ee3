// What the endpoints of policies are sent.

import { z } from 'zod'

import { Refusal } from '../../../refusal/refusal.ts'
import { name } from '../../request/names.ts'
import { preview } from '../../request/preview.ts'
import { policyBehaviours, policyCommands, type PolicyDefinition } from './policy.ts'

const roles = z
  .array(name)
  .max(100)
  .transform((given) => (given.length === 0 || given.includes('public') ? ['public'] : [...new Set(given)]))

const expression = z.string().nullable()

const definition = {
  name,
  behaviour: z.enum(policyBehaviours).default('permissive'),
  command: z.enum(policyCommands).default('ALL'),
  /** Nobody named means everybody. */
  roles: roles.default(['public']),
  using: expression.default(null),
  check: expression.default(null),
  comment: z.string().nullable().default(null),
}

/** `POST /policies`. */
export const newPolicy = z.strictObject({ schema: name.default('public'), table: name, ...definition, preview })

/** A policy as somebody read it before she changed it. */
const asRead = z.object({
  behaviour: z.enum(policyBehaviours),
  command: z.enum(policyCommands),
  roles,
  using: expression,
  check: expression,
})

/**
 * `PATCH /policies/:schema/:table/:name`: what is left out stays, null takes an expression or the comment away. With
 * `expected`, nothing is changed where the policy is another by now.
 */
export const policyChange = z.strictObject({
  name: name.optional(),
  behaviour: z.enum(policyBehaviours).optional(),
  command: z.enum(policyCommands).optional(),
  roles: roles.optional(),
  using: expression.optional(),
  check: expression.optional(),
  comment: z.string().nullable().optional(),
  expected: asRead.optional(),
  preview,
})

/** `PUT /tables/:schema/:table/row-security`. */
export const rowSecurityChange = z.strictObject({ enabled: z.boolean(), forced: z.boolean().optional(), preview })

/** Some number of people whose view is asked for; each takes a statement. */
const MOST_IDENTITIES = 10

/** `POST /policies/check`: a policy that is tried and not kept, in place of `replaces` where that is named. */
export const policyTrial = z.strictObject({
  schema: name.default('public'),
  table: name,
  ...definition,
  name: name.default('tried'),
  replaces: name.nullable().default(null),
  identities: z
    .array(z.object({ role: name, claims: z.record(z.string(), z.unknown()).nullable().default(null) }))
    .max(MOST_IDENTITIES)
    .default([]),
})

export type PolicyTrial = z.infer<typeof policyTrial>
export type PolicyChange = z.infer<typeof policyChange>

/** Refuses `platform.policy-clauses` where the command takes an expression that is not there, or not one that is. */
export function requireFittingClauses({ command, using, check }: PolicyDefinition): void {
  const refuse = (reason: string): never => {
    throw new Refusal('platform.policy-clauses', { command, reason })
  }
  if (command === 'INSERT') {
    if (using !== null) refuse('A policy for INSERT takes WITH CHECK alone: there is no row to look at before')
    if (check === null) refuse('A policy for INSERT needs a WITH CHECK expression')
  } else if (command === 'SELECT' || command === 'DELETE') {
    if (check !== null) refuse(`A policy for ${command} takes USING alone: it leaves no new row to check`)
    if (using === null) refuse(`A policy for ${command} needs a USING expression`)
  } else if (using === null && check === null) {
    refuse(`A policy for ${command} needs a USING or a WITH CHECK expression`)
  }
}
