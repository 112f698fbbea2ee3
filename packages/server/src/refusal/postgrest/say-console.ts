// The refusals of the SQL console, in the form of PostgREST’s and with our own codes.

import type { ConsoleRefusals } from '../vocabulary/console.ts'
import type { Sayings } from './said.ts'

const snippetNow = {
  changed: 'was changed since it was read',
  removed: 'was removed since it was read',
  made: 'exists already',
}

export const consoleSayings: Sayings<keyof ConsoleRefusals> = {
  'platform.query-unreadable': ({ line, problem }) => ({
    status: 400,
    code: 'platform.query-unreadable',
    message: `Line ${line}: ${problem}`,
  }),
  'platform.query-needs-transaction': ({ line, statement, reason }) => ({
    status: 400,
    code: 'platform.query-needs-transaction',
    message: `Line ${line}: ${statement} leaves the transaction, ${reason}`,
  }),
  'platform.query-not-running': () => ({
    status: 404,
    code: 'platform.query-not-running',
    message: 'No query runs under this id',
  }),
  'platform.queries-too-many': ({ most }) => ({
    status: 429,
    code: 'platform.queries-too-many',
    message: `${most} queries are running already`,
  }),
  'platform.query-lost': ({ statement, kept, reason }) => ({
    status: 503,
    code: 'platform.query-lost',
    message: `The connection to Postgres ended during statement ${statement}`,
    details: kept ? `${reason}. What was committed before stands.` : `${reason}. Nothing was kept.`,
  }),
  'platform.snippet-not-found': ({ name }) => ({
    status: 404,
    code: 'platform.snippet-not-found',
    message: `There is no query named ${name}`,
  }),
  'platform.snippet-changed': ({ name, now }) => ({
    status: 409,
    code: 'platform.snippet-changed',
    message: `The query ${name} ${snippetNow[now]}`,
  }),
}
