// Which of the media types asked for is made, and by what. RFC 9110 §12.5.1 as PostgREST reads it: the first
// in the client's order of wishes that can be produced.

import type { Catalog, MediaHandler, RelationName } from '../../../catalog/catalog.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { MediaType } from '../../request/api-request.ts'
import { planRequestOf } from '../../request/media-type.ts'
import type { Answer, Handler } from '../plan.ts'

interface NegotiationContext {
  readonly catalog: Catalog
  /** The relation or function whose handlers apply. */
  readonly about: RelationName
  /** Handlers made for one relation expect its whole row. */
  readonly wholeRows: boolean
  readonly planEnabled: boolean
}

/** Refuses `request.media-type-unavailable` where nothing asked for can be produced. */
export function negotiate(accept: readonly MediaType[], context: NegotiationContext): Answer {
  for (const mediaType of accept) {
    const found = answerFor(mediaType, context)
    if (found !== null) return found
  }
  throw new Refusal('request.media-type-unavailable', { mediaTypes: accept.map(({ written }) => written) })
}

function answerFor(mediaType: MediaType, context: NegotiationContext): Answer | null {
  const stripNulls = mediaType.parameters['nulls'] === 'stripped'
  switch (mediaType.essence) {
    case 'application/vnd.pgrst.object+json':
      return answer({ kind: 'single-json', stripNulls }, mediaType.written, true)
    case 'application/vnd.pgrst.array+json':
      return answer({ kind: 'json', stripNulls: true }, mediaType.written)
    case 'application/vnd.pgrst.plan+text':
    case 'application/vnd.pgrst.plan+json':
      return context.planEnabled ? explained(mediaType, context) : null
    default:
      return custom(mediaType, context)
  }
}

function answer(handler: Handler, mediaType: string, singular = false): Answer {
  return { handler, mediaType, singular, explain: null }
}

/** A handler of the database before our own; `*\/*` is what a relation's catch-all handler says, else JSON. */
function custom(wanted: MediaType, context: NegotiationContext): Answer | null {
  const name = wanted.essence
  const found =
    (context.wholeRows ? (handlerOf('*/*', context, true) ?? handlerOf(name, context, true)) : null) ??
    handlerOf(name, context, false)
  if (found === null) return builtIn(name, context.catalog)
  const mediaType = found.mediaType === '*/*' ? 'application/octet-stream' : found.mediaType
  return answer({ kind: 'custom', handler: found }, mediaType)
}

function handlerOf(mediaType: string, { catalog, about }: NegotiationContext, own: boolean): MediaHandler | null {
  const found = catalog.mediaHandlers.find((handler) => {
    if (handler.mediaType !== mediaType) return false
    const of = handler.kind === 'routine' ? handler.function : handler.relation
    return own ? of?.schema === about.schema && of.name === about.name : of === null
  })
  return found ?? null
}

function builtIn(mediaType: string, { makesGeoJson }: Catalog): Answer | null {
  switch (mediaType) {
    case '*/*':
    case 'application/json':
      return answer({ kind: 'json', stripNulls: false }, 'application/json')
    case 'text/csv':
      return answer({ kind: 'csv' }, mediaType)
    case 'application/geo+json':
      return makesGeoJson ? answer({ kind: 'geojson' }, mediaType) : null
    default:
      return null
  }
}

/** The execution plan of the query that would have made the media type in `for`. */
function explained(mediaType: MediaType, context: NegotiationContext): Answer | null {
  const plan = planRequestOf(mediaType)
  const inner = plan === null ? null : answerFor(plan.for, context)
  if (plan === null || inner === null || inner.explain !== null) return null
  const explain = { format: plan.format, options: plan.options }
  return { ...inner, singular: false, mediaType: mediaType.written, explain }
}
