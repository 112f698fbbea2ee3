// The PGRST1xx family: what is wrong with the request itself.

import type { RangeProblem, RequestLimit, RequestRefusals } from '../vocabulary/request.ts'
import type { Said, Sayings } from './said.ts'

export const requestSayings: Sayings<keyof RequestRefusals> = {
  'request.body-too-large': ({ limit }) => bodyInvalid(413, `Request body is larger than ${limit} bytes`),
  'request.limit-exceeded': ({ limit, maximum }) => limitExceeded(limit, maximum),
  'request.encoding-invalid': ({ where }) =>
    where === 'body'
      ? bodyInvalid(400, 'Request body is not valid UTF-8')
      : { status: 400, code: 'PGRST100', message: `The request's ${where} is not valid UTF-8` },
  'request.path-invalid': () => ({ status: 404, code: 'PGRST125', message: 'Invalid path specified in request URL' }),
  'request.root-disabled': () => ({ status: 404, code: 'PGRST126', message: 'Root endpoint metadata is disabled' }),
  'request.method-unsupported': ({ method }) => ({
    status: 405,
    code: 'PGRST117',
    message: `Unsupported HTTP method: ${method}`,
  }),
  'request.rpc-method-unsupported': ({ method }) => ({
    status: 405,
    code: 'PGRST101',
    message: `Cannot use the ${method} method on RPC`,
  }),
  'request.query-malformed': ({ what, text, line, column, expectation }) => ({
    status: 400,
    code: 'PGRST100',
    message: `"failed to parse ${what} (${text})" (line ${line}, column ${column})`,
    details: expectation,
  }),
  'request.body-invalid': ({ reason }) => bodyInvalid(400, reason),
  'request.range-invalid': (problem) => rangeInvalid(problem),
  'request.put-range': () => ({
    status: 400,
    code: 'PGRST114',
    message: 'limit/offset querystring parameters are not allowed for PUT',
  }),
  'request.put-filters': () => ({
    status: 405,
    code: 'PGRST105',
    message: "Filters must include all and only primary key columns with 'eq' operators",
  }),
  'request.put-mismatch': () => ({
    status: 400,
    code: 'PGRST115',
    message: 'Payload values do not match URL in primary key column(s)',
  }),
  'request.schema-unknown': ({ schema, exposed }) => ({
    status: 406,
    code: 'PGRST106',
    message: `Invalid schema: ${schema}`,
    hint: `Only the following schemas are exposed: ${exposed.join(', ')}`,
  }),
  'request.media-type-unavailable': ({ mediaTypes }) => ({
    status: 406,
    code: 'PGRST107',
    message: `None of these media types are available: ${mediaTypes.join(', ')}`,
  }),
  'request.embed-target-unknown': ({ target, alias }) => embedTargetUnknown(target, alias),
  'request.related-order': ({ origin, target }) => ({
    status: 400,
    code: 'PGRST118',
    message: `A related order on '${target}' is not possible`,
    details: `'${origin}' and '${target}' do not form a many-to-one or one-to-one relationship`,
  }),
  'request.aggregates-disabled': () => ({
    status: 400,
    code: 'PGRST123',
    message: 'Use of aggregate functions is not allowed',
  }),
  'request.preferences-invalid': ({ preferences }) => ({
    status: 400,
    code: 'PGRST122',
    message: 'Invalid preferences given with handling=strict',
    details: `Invalid preferences: ${preferences.join(', ')}`,
  }),
  'request.not-implemented': ({ feature }) => ({
    status: 400,
    code: 'PGRST127',
    message: 'Feature not implemented',
    details: feature,
  }),
  'request.not-singular': ({ rows }) => ({
    status: 406,
    code: 'PGRST116',
    message: 'Cannot coerce the result to a single JSON object',
    details: `The result contains ${rows} rows`,
  }),
  'request.max-affected': ({ rows }) => ({
    status: 400,
    code: 'PGRST124',
    message: 'Query result exceeds max-affected preference constraint',
    details: `The query affects ${rows} rows`,
  }),
  'request.max-affected-rpc': () => ({
    status: 400,
    code: 'PGRST128',
    message: 'Function must return SETOF or TABLE when max-affected preference is used with handling=strict',
  }),
}

function bodyInvalid(status: number, message: string): Said {
  return { status, code: 'PGRST102', message }
}

function rangeInvalid(range: RangeProblem): Said {
  const said = { status: 416, code: 'PGRST103', message: 'Requested range not satisfiable' }
  switch (range.problem) {
    case 'negative-limit':
      return { ...said, details: 'Limit should be greater than or equal to zero.' }
    case 'lower-above-upper':
      return {
        ...said,
        details: 'The lower boundary must be lower than or equal to the upper boundary in the Range header.',
      }
    case 'out-of-bounds':
      return {
        ...said,
        details: `An offset of ${range.lower} was requested, but there are only ${range.total} rows.`,
        headers: [['Content-Range', `*/${range.total}`]],
      }
  }
}

function embedTargetUnknown(target: string, alias: string | null): Said {
  const said = {
    status: 400,
    code: 'PGRST108',
    message: `'${target}' is not an embedded resource in this request`,
  }
  if (alias === null) {
    return { ...said, hint: `Verify that '${target}' is included in the 'select' query parameter.` }
  }
  return {
    ...said,
    details: 'Target names are not allowed in filters if they have an alias',
    hint: `Change '${target}' to '${alias}' in filters, orders or limits.`,
  }
}

/** PostgREST has no bounds of this kind; the codes are those of the part of the request that is too much. */
function limitExceeded(limit: RequestLimit, maximum: number): Said {
  switch (limit) {
    case 'url-length':
      return { status: 414, code: 'PGRST100', message: `The URL is longer than ${maximum} bytes` }
    case 'json-depth':
      return bodyInvalid(400, `The JSON body is nested deeper than ${maximum} levels`)
    case 'embed-depth':
      return { status: 400, code: 'PGRST100', message: `Embeds are nested deeper than ${maximum} levels` }
    case 'logic-depth':
      return { status: 400, code: 'PGRST100', message: `Logic trees are nested deeper than ${maximum} levels` }
    case 'filters':
      return { status: 400, code: 'PGRST100', message: `The request has more than ${maximum} filters` }
  }
}
