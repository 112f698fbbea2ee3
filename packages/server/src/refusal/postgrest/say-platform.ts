// The platform's refusals, in the form of PostgREST's and with our own codes.

import type { PlatformRefusals } from '../vocabulary/platform.ts'
import type { Sayings } from './said.ts'

export const platformSayings: Sayings<keyof PlatformRefusals> = {
  'platform.expression-invalid': ({ place, reason }) => ({
    status: 400,
    code: 'platform.expression-invalid',
    message: `${place} must be one expression, but ${reason}`,
  }),
  'platform.policy-clauses': ({ reason }) => ({ status: 400, code: 'platform.policy-clauses', message: reason }),
  'platform.policy-unknown': ({ schema, table, name }) => ({
    status: 404,
    code: 'platform.policy-unknown',
    message: `There is no policy "${name}" on ${schema}.${table}`,
  }),
  'platform.relation-unknown': ({ schema, name }) => ({
    status: 404,
    code: 'platform.relation-unknown',
    message: `There is no table “${name}” in schema “${schema}”`,
  }),
}
