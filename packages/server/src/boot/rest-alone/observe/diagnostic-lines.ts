// What happened, in PostgREST's words, for standard error. Operators' alarms look for these sentences.

import type { LogLevel } from '../config/alone-config.ts'
import { logLevels } from '../config/parameters.ts'
import { type Observation, summaryOf } from './observation.ts'

type Kind = Observation['kind']
type Of<Name extends Kind> = Extract<Observation, { readonly kind: Name }>

/** The lines to write at this level, without the time; none where the level leaves the observation out. */
export function diagnosticLines(seen: Observation, level: LogLevel): readonly string[] {
  const wanted = seen.kind === 'queries' ? levelOfStatus(seen.status) : leastLevels.get(seen.kind)
  if (wanted !== undefined && logLevels.indexOf(level) < logLevels.indexOf(wanted)) return []
  return linesOf(seen).map((line) => line.replaceAll(/[\t ]*\r?\n[\t ]*/g, ' '))
}

/** From which level on a response of this status is logged. */
export function levelOfStatus(status: number): LogLevel {
  if (status >= 500) return 'error'
  return status >= 400 ? 'warn' : 'info'
}

/** What is not written at every level. */
const leastLevels = new Map<Kind, LogLevel>([
  ['connection-timed-out', 'error'],
  ['query-failed', 'error'],
  ['catalog-empty', 'error'],
  ['connection-asked', 'debug'],
  ['connection-given', 'debug'],
  ['connections-renewed', 'debug'],
  ['token-looked-up', 'debug'],
  ['token-evicted', 'debug'],
])

function linesOf<Name extends Kind>(seen: Of<Name>): readonly string[] {
  const said = (sentences[seen.kind] as (seen: Observation) => string | readonly string[])(seen)
  return typeof said === 'string' ? [said] : said
}

const sentences: { readonly [Name in Kind]: (seen: Of<Name>) => string | readonly string[] } = {
  starting: ({ version }) => `Starting PostgREST ${version}...`,
  listening: ({ server, address }) => `${server} server listening on ${address}`,
  'database-connected': ({ version, poolSize }) => [
    `Successfully connected to ${version}`,
    `Connection Pool initialized with a maximum size of ${poolSize} connections`,
  ],
  'catalog-loaded': ({ catalog, took }) => [
    `Schema cache queried in ${took.toFixed(1)} milliseconds`,
    `Schema cache loaded ${summaryOf(catalog)}`,
    `Schema cache loaded in ${took.toFixed(1)} milliseconds`,
  ],
  'catalog-failed': ({ schemas, extraSearchPath, said, retryIn }) => {
    const where = `db-schemas=${schemas.join(',')} and db-extra-search-path=${extraSearchPath.join(',')}`
    const failed = `Failed to load the schema cache using ${where}. ${said}`
    return retryIn === null
      ? failed
      : [failed, `Attempting to reconnect to the database in ${retryIn / 1000} seconds...`]
  },
  'catalog-empty': ({ said }) => said,
  'channel-heard': ({ channel, address, version }) =>
    `Listener connected to ${version} on "${address}" and listening for database notifications on the "${channel}" channel`,
  'channel-lost': ({ channel, reason, retryIn }) => [
    `Failed listening for database notifications on the "${channel}" channel. ${reason}`,
    `Retrying listening for database notifications in ${retryIn / 1000} seconds...`,
  ],
  'reload-notified': ({ channel, what }) => `Received a ${what} reload message on the "${channel}" channel`,
  'config-reloaded': () => 'Config reloaded',
  'config-refused': ({ reason }) => `Failed reloading config: ${reason}`,
  'config-unread': ({ said }) => `Failed to query database settings for the config parameters. ${said}`,
  'config-warned': ({ sentence }) => `WARNING: ${sentence}`,
  'role-key-deprecated': ({ written }) => [
    `WARNING: The config \`jwt-role-claim-key=${written}\` is using the deprecated JSPath syntax.`,
    `Update \`jwt-role-claim-key=${written}\` to the new JSONPath syntax as support for JSPath will be removed in a future release.`,
  ],
  'legacy-names': ({ warning, advice, request }) => [
    `WARNING: ${warning}`,
    `Update filters, orders or limits that use ${advice} in \`${request}\``,
  ],
  signal: ({ name }) => `Received termination unix signal ${name}`,
  ending: ({ reason }) => reason,
  'query-failed': ({ said }) => said,
  queries: ({ texts }) => texts,
  'connection-asked': () => 'Trying to borrow a connection from pool',
  'connection-given': () => 'Borrowed a connection from the pool',
  'connection-timed-out': ({ said }) => said,
  'connections-renewed': () => 'Database connection pool flushed',
  'token-looked-up': () => 'Looked up a JWT in JWT cache',
  'token-evicted': () => 'Evicted entry from JWT cache',
  fault: ({ traceId, cause }) => `Fault ${traceId}: ${cause instanceof Error ? cause.stack : String(cause)}`,
  'not-closed': ({ part, cause }) => `The ${part} did not close: ${String(cause)}`,
}
