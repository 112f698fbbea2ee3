// The platform's refusals, in the form of PostgREST's and with our own codes.

import type { PlatformRefusals } from '../vocabulary/platform.ts'
import type { Sayings } from './said.ts'
import { rowSayings } from './say-rows.ts'
import { settingsSayings } from './say-settings.ts'

export const platformSayings: Sayings<keyof PlatformRefusals> = {
  ...rowSayings,
  ...settingsSayings,
  'platform.expression-invalid': ({ place, reason }) => ({
    status: 400,
    code: 'platform.expression-invalid',
    message: `${place} must be one expression, but ${reason}`,
  }),
  'platform.policy-clauses': ({ reason }) => ({ status: 400, code: 'platform.policy-clauses', message: reason }),
  'platform.clerk-disabled': () => ({
    status: 404,
    code: 'platform.clerk-disabled',
    message: 'The built-in Clerk instance is off',
  }),
  'platform.clerk-path': ({ path }) => ({
    status: 400,
    code: 'platform.clerk-path',
    message: `"${path}" is no address of the Backend API`,
  }),
  'platform.clerk-unreachable': ({ reason }) => ({
    status: 502,
    code: 'platform.clerk-unreachable',
    message: 'The built-in Clerk instance does not answer',
    details: reason,
  }),
  'platform.studio-disabled': () => ({
    status: 404,
    code: 'platform.studio-disabled',
    message: 'Studio is not served here',
  }),
  'platform.policy-unknown': ({ schema, table, name }) => ({
    status: 404,
    code: 'platform.policy-unknown',
    message: `There is no policy "${name}" on ${schema}.${table}`,
  }),
  'platform.policy-changed': ({ schema, table, name }) => ({
    status: 409,
    code: 'platform.policy-changed',
    message: `The policy "${name}" on ${schema}.${table} was changed since it was read`,
  }),
  'platform.schema-unknown': ({ schemas, known }) => ({
    status: 404,
    code: 'platform.schema-unknown',
    message: `There is no schema ${schemas.map((schema) => `“${schema}”`).join(' and no ')}, only ${known.join(', ')}`,
  }),
  'platform.relation-unknown': ({ schema, name }) => ({
    status: 404,
    code: 'platform.relation-unknown',
    message: `There is no table “${name}” in schema “${schema}”`,
  }),
  'platform.object-unknown': ({ kind, id }) => ({
    status: 404,
    code: 'platform.object-unknown',
    message: `There is no ${kind} ${id}`,
    hint: 'It was dropped meanwhile. Load the list again.',
  }),
  'platform.dependants': ({ object, dependants }) => ({
    status: 409,
    code: 'platform.dependants',
    message: `Something depends on ${object}`,
    details: dependants.join('\n'),
  }),
  'platform.extension-unavailable': ({ name, reason }) => ({
    status: 409,
    code: 'platform.extension-unavailable',
    message: `Extension ${name} is not available`,
    details: reason,
  }),
  'platform.role-reserved': ({ name }) => ({
    status: 409,
    code: 'platform.role-reserved',
    message: `Role ${name} belongs to the server and stays`,
  }),
  'platform.migration-refused': ({ reason }) => ({
    status: 400,
    code: 'platform.migration-refused',
    message: 'The migration was not applied',
    details: reason,
  }),
  'platform.function-signature-locked': ({ name }) => ({
    status: 409,
    code: 'platform.function-signature-locked',
    message: `The arguments and the return type of ${name} are fixed`,
    details: 'Postgres replaces the body of a function, but neither what it takes nor what it answers with.',
  }),
  'platform.function-changed': ({ name }) => ({
    status: 409,
    code: 'platform.function-changed',
    message: `${name} was changed by somebody else meanwhile`,
  }),
  'platform.function-locked': ({ name, kind, language }) => ({
    status: 409,
    code: 'platform.function-locked',
    message: `${name} cannot be changed here`,
    details: `It is ${kind === 'aggregate' ? 'an aggregate' : `a ${kind} in ${language}`}, whose body is not kept as text.`,
  }),
}
