// The REST door under one configuration. A reload opens another and lets the old one finish what it began.

import type { CatalogKeeper } from '../../catalog/catalog-keeper.ts'
import { settingsSelect } from '../../database/pipeline/sql/settings-select.ts'
import type { Database, Transaction } from '../../database/statement.ts'
import type { Identify } from '../../identity/identity.ts'
import { createRestDoor, type RestDoor } from '../../rest/handle.ts'
import type { WebRequest, WebResponse } from '../../rest/web.ts'
import type { AloneConfig } from './config/alone-config.ts'
import { recordingDatabase } from './connection/observed-database.ts'
import { sayRefusal } from './connection/refused-by-database.ts'
import type { Observe } from './observe/observation.ts'
import { answerPreflight, corsHeaders } from './serve/cors.ts'
import { createAloneIdentify } from './token/alone-identify.ts'

interface DoorParts {
  readonly catalog: Pick<CatalogKeeper, 'current'>
  readonly database: Database
  readonly observe: Observe
}

/** A response, and whether the access log leaves it out. */
export interface Answered extends WebResponse {
  readonly unlogged?: true
}

export type AloneDoor = (web: WebRequest) => Promise<Answered>

/** Opens the door; nothing is asked of the database before the first request. */
export function openDoor(config: AloneConfig, parts: DoorParts): AloneDoor {
  const { observe } = parts
  const identify = identifyBy(config, observe)
  const catalog = { current: () => currentOf(parts.catalog, observe) }
  const doorOn = (database: Database): RestDoor =>
    createRestDoor({
      identify,
      catalog,
      database,
      config: config.rest,
      now: () => performance.now(),
      report: ({ traceId, cause }) => observe({ kind: 'fault', traceId, cause }),
    })
  const plain = doorOn(parts.database)
  const door = config.log.query ? (web: WebRequest) => answerWithQueries(web, parts, doorOn) : plain
  return (web) => answerAlone(web, door, config, observe)
}

function identifyBy({ token, rest }: AloneConfig, observe: Observe): Identify {
  return createAloneIdentify({
    keys: token.keys,
    audience: token.audience,
    rolePath: token.roleKey.find,
    anonymousRole: rest.anonymousRole,
    cacheSize: token.cacheSize,
    now: () => Math.floor(Date.now() / 1000),
    onLookUp: (hit) => observe({ kind: 'token-looked-up', hit }),
    onEviction: () => observe({ kind: 'token-evicted' }),
  })
}

function currentOf(catalog: DoorParts['catalog'], observe: Observe): ReturnType<DoorParts['catalog']['current']> {
  try {
    return catalog.current()
  } catch (refused) {
    observe({ kind: 'catalog-empty', said: sayRefusal(refused).said })
    throw refused
  }
}

/** `log-query`: what was sent is told once it is known how the request ended. */
async function answerWithQueries(
  web: WebRequest,
  { database, observe }: DoorParts,
  doorOn: (database: Database) => RestDoor,
): Promise<WebResponse> {
  const texts: string[] = []
  const response = await doorOn(recordingDatabase(database, texts, settingsText))(web)
  if (texts.length > 0) observe({ kind: 'queries', texts, status: response.status })
  return response
}

function settingsText({ settingsBeforeRole = [], readOnly, role, settings }: Transaction): string {
  const mode: Transaction['settings'] = readOnly ? [['transaction_read_only', 'on']] : []
  return settingsSelect([...settingsBeforeRole, ...mode, ['role', role] as const, ...settings].map(([name]) => name))
}

/** What stands around the door: preflights, and the headers of every response. */
async function answerAlone(web: WebRequest, door: RestDoor, config: AloneConfig, observe: Observe): Promise<Answered> {
  const { rest, allowedOrigins, traceHeader } = config
  const preflight = answerPreflight(web, allowedOrigins)
  const response = preflight ?? (await door(web))
  if (preflight === null) tellOfLegacyNames(web, response, observe)
  const cors = preflight === null ? corsHeaders(web, allowedOrigins) : []
  const trace = traceHeader === null ? [] : [[traceHeader, web.headers[traceHeader.toLowerCase()] ?? ''] as const]
  const server = rest.server === null ? [] : [['Server', `${rest.server.product}/${rest.server.version}`] as const]
  const headers = [...server, ...trace, ...cors, ...response.headers]
  return preflight === null ? { ...response, headers } : { ...response, headers, unlogged: true }
}

const legacyWarning = /^299 \S+ "(.*?\.) Update (.*) in query string filters, orders or limits\."$/

function tellOfLegacyNames({ method, path, query }: WebRequest, { headers }: WebResponse, observe: Observe): void {
  const warned = headers.find(([name]) => name === 'Warning')?.[1]
  const [, warning, advice] = legacyWarning.exec(warned ?? '') ?? []
  if (warning === undefined || advice === undefined) return
  observe({ kind: 'legacy-names', warning, advice, request: `${method} ${path}${query === '' ? '' : `?${query}`}` })
}
