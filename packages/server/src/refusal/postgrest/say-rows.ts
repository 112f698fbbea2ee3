// The refusals about rows, in the form of PostgREST's and with our own codes.

import type { RowRefusals } from '../vocabulary/rows.ts'
import type { Sayings } from './said.ts'

export const rowSayings: Sayings<keyof RowRefusals> = {
  'platform.csv-header': ({ reason }) => ({ status: 400, code: 'platform.csv-header', message: reason }),
  'platform.csv-refused': ({ line, column, message, detail }) => ({
    status: 400,
    code: 'platform.csv-refused',
    message: `${placeInFile(line, column)}: ${message}`,
    details: detail,
    hint: 'Nothing was imported. Correct the line and import the file again.',
    more: { line, column },
  }),
  'platform.column-unknown': ({ schema, name, column }) => ({
    status: 400,
    code: 'platform.column-unknown',
    message: `${schema}.${name} has no column ${column}`,
  }),
  'platform.value-refused': ({ column, sqlstate, message, detail, hint }) => ({
    status: 400,
    code: 'platform.value-refused',
    message: `${column}: ${message}`,
    details: detail,
    hint,
    more: { column, sqlstate },
  }),
  'platform.row-changed': ({ columns, row }) => ({
    status: 409,
    code: 'platform.row-changed',
    message: 'The row was changed in the meantime; nothing was overwritten',
    hint: 'Look at the row as it is now, then change it again.',
    more: { columns, row },
  }),
  'platform.row-gone': () => ({
    status: 404,
    code: 'platform.row-gone',
    message: 'The row is not there any more',
    details: 'It was deleted or is another by now, or a policy hides it from this role.',
  }),
  'platform.row-protected': ({ command, role }) => ({
    status: 403,
    code: 'platform.row-protected',
    message: `No policy lets ${role} ${command} this row`,
    hint: `Add a policy for ${command} to ${role}, or act as the owner.`,
  }),
  'platform.rows-unnamed': ({ schema, name, kind }) => ({
    status: 409,
    code: 'platform.rows-unnamed',
    message: `Rows of ${schema}.${name} cannot be changed here`,
    details: kind.endsWith('table') ? 'It has no primary key.' : `It is a ${kind}.`,
  }),
}

function placeInFile(line: number | null, column: string | null): string {
  const place = line === null ? 'The file' : `Line ${line}`
  return column === null ? place : `${place}, column ${column}`
}
