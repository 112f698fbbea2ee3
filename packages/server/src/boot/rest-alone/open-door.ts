// The REST door under one configuration. A reload opens another and lets the old one finish what it began.

import type { CatalogKeeper } from '../../catalog/catalog-keeper.ts'
import type { Database } from '../../database/statement.ts'
import type { Identify } from '../../identity/identity.ts'
import { createRestDoor, type RestDoor } from '../../rest/handle.ts'
import type { WebRequest, WebResponse } from '../../rest/web.ts'
import { answerPreflight, corsHeaders } from './cors.ts'
import type { AloneConfig } from './environment.ts'
import { createAloneIdentify } from './token/alone-identify.ts'
import { parseRolePath } from './token/role-path.ts'
import { parseTokenKeys } from './token/token-keys.ts'

interface DoorParts {
  readonly catalog: Pick<CatalogKeeper, 'current'>
  readonly database: Database
  /** Takes one line of diagnostics. */
  readonly note: (line: string) => void
}

/** Throws where the configuration's secret or role path is none. */
export function openDoor(config: AloneConfig, { catalog, database, note }: DoorParts): RestDoor {
  const door = createRestDoor({
    identify: identifyBy(config),
    catalog,
    database,
    config: config.rest,
    now: () => performance.now(),
    report: (fault) => note(`fault ${fault.traceId}: ${String(fault.cause)}`),
  })
  return (web) => answerAlone(web, door, config)
}

function identifyBy({ token, rest }: AloneConfig): Identify {
  return createAloneIdentify({
    keys: token.secret === null ? null : parseTokenKeys(token.secret),
    audience: token.audience,
    rolePath: parseRolePath(token.rolePath),
    anonymousRole: rest.anonymousRole,
    cacheSize: token.cacheSize,
    now: () => Math.floor(Date.now() / 1000),
  })
}

/** What stands around the door: preflights, and the headers of every response. */
async function answerAlone(web: WebRequest, door: RestDoor, config: AloneConfig): Promise<WebResponse> {
  const { rest, allowedOrigins, traceHeader } = config
  const preflight = answerPreflight(web, allowedOrigins)
  const response = preflight ?? (await door(web))
  const cors = preflight === null ? corsHeaders(web, allowedOrigins) : []
  const trace = traceHeader === null ? [] : [[traceHeader, web.headers[traceHeader.toLowerCase()] ?? ''] as const]
  const server = rest.server === null ? [] : [['Server', `${rest.server.product}/${rest.server.version}`] as const]
  return { ...response, headers: [...server, ...trace, ...cors, ...response.headers] }
}
