// The request stage: an HTTP request as the dialect's ApiRequest. What it refuses, in this order: path,
// schema, method, query, ranges, body. Whether what is named exists is the plan's question.

import { Refusal } from '../../refusal/refusal.ts'
import type { WebRequest } from '../web.ts'
import type { ApiRequest } from './api-request.ts'
import { parseCookies, readableHeaders } from './headers.ts'
import { parseAccept, parseContentType } from './media-type.ts'
import { parsePayload, takesBody } from './payload/parse-payload.ts'
import { parsePreferences } from './preferences.ts'
import { canonicalQuery } from './query/canonical-query.ts'
import { splitForm } from './query/decode.ts'
import { parseQuery } from './query/parse-query.ts'
import { hasQueryInBody, withQueryOfBody } from './query/query-in-body.ts'
import { parseRanges } from './query/ranges.ts'
import type { RequestConfig } from './request-config.ts'
import { actionFor, chooseSchema, parsePath } from './target.ts'

function checkLength({ path, query }: WebRequest, maximum: number): void {
  if (path.length + query.length > maximum) {
    throw new Refusal('request.limit-exceeded', { limit: 'url-length', maximum })
  }
}

/**
 * Reads a request, the body too where the action takes one or where it is the query. Refuses with `request.*`
 * codes: those of `withQueryOfBody`, `parsePath`, `chooseSchema`, `actionFor`, `parseQuery`, `parseRanges`,
 * `parsePayload`, and of the body's reader.
 */
export async function parseRequest(sent: WebRequest, config: RequestConfig): Promise<ApiRequest> {
  checkLength(sent, config.limits.urlLength)
  const queryInBody = hasQueryInBody(sent)
  const web = queryInBody ? await withQueryOfBody(sent, config.limits.queryBodyLength) : sent
  const { method, path: rawPath } = web
  const { cookie, ...headers } = readableHeaders(web.headers)
  const preferences = parsePreferences(headers['prefer'], config.transactionOverride)
  const target = parsePath(rawPath, config.root)
  const { schema, profileNegotiated } = chooseSchema(method, headers, config)
  const action = actionFor(target, method)
  const contentType = parseContentType(headers['content-type'])
  const pairs = splitForm(web.query, 'query')
  const isCall = action.kind === 'call'
  const query = parseQuery(
    pairs,
    {
      takesArguments: isCall && action.by !== 'post',
      takesColumns: action.kind === 'insert' || action.kind === 'update' || (isCall && action.by === 'post'),
    },
    config.limits,
  )
  const ranges = parseRanges(method, pairs, headers['range'])
  const payload = takesBody(action)
    ? parsePayload(await web.body(), {
        action,
        contentType,
        columnsGiven: query.columns !== null,
        jsonDepth: config.limits.jsonDepth,
      })
    : null
  return {
    kind: 'api-request',
    method,
    action,
    schema,
    profileNegotiated,
    target,
    query,
    range: ranges.root,
    embedRanges: ranges.embeds,
    preferences,
    accept: parseAccept(headers['accept']),
    contentType,
    payload,
    canonicalQuery: queryInBody ? null : action.kind === 'read' ? canonicalQuery(pairs) : '',
    headers,
    cookies: parseCookies(cookie),
    rawPath,
  }
}
