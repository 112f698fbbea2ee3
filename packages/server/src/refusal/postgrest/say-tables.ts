// The refusals of changing the shape of tables, in the form of PostgREST's and with our own codes.

import type { TablesRefusals } from '../vocabulary/tables.ts'
import type { Sayings } from './said.ts'

export const tablesSayings: Sayings<keyof TablesRefusals> = {
  'platform.table-changed': ({ schema, name, gone }) => ({
    status: 409,
    code: 'platform.table-changed',
    message: `The columns of ${schema}.${name} were changed by somebody else since they were read`,
    details: gone.length === 0 ? null : `It has no column ${gone.map((one) => `“${one}”`).join(', ')} any more.`,
    hint: 'Read the table again and repeat the change there.',
  }),
  'platform.type-unknown': ({ type }) => ({
    status: 400,
    code: 'platform.type-unknown',
    message: `There is no type “${type}”`,
    hint: 'GET /platform/v1/column-types lists those there are. A type of another schema needs its name in front.',
  }),
  'platform.busy': ({ seconds }) => ({
    status: 409,
    code: 'platform.busy',
    message: `Somebody else has been using what this needs for longer than ${seconds} seconds`,
    hint: 'A transaction is open, perhaps in another window. End it, then try again.',
  }),
}
