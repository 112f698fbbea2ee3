// From SQLSTATE to HTTP status, as PostgREST documents it ("Errors", status codes by SQLSTATE).

/** Statuses of single codes; they win over their class. */
const byCode: Readonly<Record<string, number>> = {
  '23503': 409,
  '23505': 409,
  '25006': 405,
  '42883': 404,
  '42P01': 404,
  '42P17': 500,
  '53400': 500,
  '57P01': 503,
  P0001: 400,
}

/** Statuses of classes (the first two characters); every other one is the client's mistake, 400. */
const byClass: Readonly<Record<string, number>> = {
  '08': 503,
  '09': 500,
  '0L': 403,
  '0P': 403,
  '25': 500,
  '28': 403,
  '2D': 500,
  '38': 500,
  '39': 500,
  '3B': 500,
  '40': 500,
  '53': 503,
  '54': 500,
  '55': 500,
  '57': 500,
  '58': 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
}

/** The status of an error of Postgres; `anonymous` tells whether it was the anonymous role's statement. */
export function statusOfSqlstate(sqlstate: string, message: string, anonymous: boolean): number {
  switch (sqlstate) {
    case '42501':
      return anonymous ? 401 : 403
    case '21000':
      // safeupdate's refusal is the client's mistake; otherwise a view or function broke.
      return message.endsWith('requires a WHERE clause') ? 400 : 500
    case '22023':
      return message.startsWith('role') && message.endsWith('does not exist') ? 401 : 400
    case '42883':
      return message.startsWith('function xmlagg(') ? 406 : 404
    default:
      return chosenStatus(sqlstate) ?? byCode[sqlstate] ?? byClass[sqlstate.slice(0, 2)] ?? 400
  }
}

/** The status that SQL chose with `RAISE SQLSTATE 'PTnnn'`; 500 where nnn is no status, undefined for other codes. */
export function chosenStatus(sqlstate: string): number | undefined {
  if (!sqlstate.startsWith('PT')) return undefined
  const status = Number(sqlstate.slice(2))
  return isStatus(status) ? status : 500
}

/** A final status that HTTP can carry. */
export function isStatus(status: unknown): status is number {
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 999
}
