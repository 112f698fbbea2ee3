// Refusals and faults as PostgREST puts them on the wire: a JSON body of four members in alphabetical order,
// whatever the client accepts, and `Proxy-Status` (RFC 9209) naming the code. The words are in `postgrest/`.

import { Fault } from './fault.ts'
import { catalogSayings } from './postgrest/say-catalog.ts'
import { consoleSayings } from './postgrest/say-console.ts'
import { mirrorSayings } from './postgrest/say-mirror.ts'
import { platformSayings } from './postgrest/say-platform.ts'
import { postgresSayings } from './postgrest/say-postgres.ts'
import { requestSayings } from './postgrest/say-request.ts'
import { tablesSayings } from './postgrest/say-tables.ts'
import { tokenSayings } from './postgrest/say-token.ts'
import type { Circumstances, Said, Sayings } from './postgrest/said.ts'
import type { AnyRefusal, Refusal, RefusalCode, StartRefusals } from './refusal.ts'
import type { MailboxRefusals } from './vocabulary/mailbox.ts'
import type { RealtimeRefusals } from './vocabulary/realtime.ts'
import type { S3Refusals } from './vocabulary/s3.ts'
import type { StorageRefusals } from './vocabulary/storage.ts'
import type { StudioRefusals } from './vocabulary/studio.ts'

export interface PostgrestRendering extends Circumstances {
  /** `minimal` keeps code and message (`client-error-verbosity`). */
  readonly verbosity: 'verbose' | 'minimal'
  /** Fills an empty hint with the refusal's fix and names our own code in `x-tenon-refusal`. */
  readonly explain: boolean
}

/** A response, as plain values; fits the REST door's WebResponse. */
export interface RenderedRefusal {
  readonly status: number
  readonly statusText?: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

type SaidCode = Exclude<
  RefusalCode,
  keyof (StartRefusals & MailboxRefusals & StudioRefusals & RealtimeRefusals & StorageRefusals & S3Refusals)
>

const sayings: Sayings<SaidCode> = {
  ...requestSayings,
  ...catalogSayings,
  ...tokenSayings,
  ...postgresSayings,
  ...mirrorSayings,
  ...platformSayings,
  ...tablesSayings,
  ...consoleSayings,
}

/** Seconds after which a client may try again what failed for want of the database. */
const retryAfter = '1'

export function renderPostgrest(refused: AnyRefusal | Fault, rendering: PostgrestRendering): RenderedRefusal {
  if (refused instanceof Fault) return onTheWire(sayFault(refused.traceId), rendering, null)
  const said = isSaid(refused) ? say(refused, rendering) : sayFault(null)
  return onTheWire(said, rendering, refused)
}

function say<Code extends SaidCode>(refusal: Refusal<Code>, circumstances: Circumstances): Said {
  return sayings[refusal.code](refusal.detail, circumstances)
}

/** Refusals of starting up, of the mailbox, of Studio's server, of Realtime and of Storage never reach a door of this dialect; one that does is a fault. */
function isSaid(refusal: AnyRefusal): refusal is Extract<AnyRefusal, { readonly code: SaidCode }> {
  return Object.hasOwn(sayings, refusal.code)
}

function sayFault(traceId: string | null): Said {
  const details = traceId === null ? null : `The server's log has the cause under the trace id ${traceId}.`
  return { status: 500, code: 'PGRSTX00', message: 'Internal server error', details }
}

function onTheWire(said: Said, rendering: PostgrestRendering, refusal: AnyRefusal | null): RenderedRefusal {
  const { explain, verbosity } = rendering
  const { status, code, message, details = null } = said
  const hint = said.hint ?? (explain ? (refusal?.fix ?? null) : null)
  const body = verbosity === 'minimal' ? { code, message } : { code, details, hint, message, ...said.more }
  const own = said.headers ?? []
  const headers: [string, string][] = [
    ['Content-Type', 'application/json; charset=utf-8'],
    ['Proxy-Status', `PostgREST; error=${code}`],
    ...own.map(([name, value]): [string, string] => [name, value]),
  ]
  if (status === 503 && !own.some(([name]) => name.toLowerCase() === 'retry-after')) {
    headers.push(['Retry-After', retryAfter])
  }
  if (explain && refusal !== null) headers.push(['x-tenon-refusal', refusal.code])
  return {
    status,
    ...(said.statusText === undefined ? {} : { statusText: headerText(said.statusText) }),
    headers: headers.filter(([name]) => isHeaderName(name)).map(([name, value]) => [name, headerText(value)]),
    body: JSON.stringify(body),
  }
}

/** A field name (RFC 9110 §5.1); SQL may have chosen anything. */
function isHeaderName(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name)
}

/** What may stand in a field value or reason phrase: others become `?`, so that no text can end the line. */
function headerText(text: string): string {
  return text.replaceAll(/[^\t\u0020-\u007e\u0080-\u00ff]/g, '?')
}
