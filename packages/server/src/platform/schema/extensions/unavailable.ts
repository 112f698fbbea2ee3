// Extensions that people look for and that a Postgres may not have, with what serves instead.

/** Why an extension cannot be had, and what to do about it. */
export interface Unavailable {
  readonly name: string
  readonly comment: string
  readonly reason: string
}

const ownPostgres = 'Bring your own Postgres that has it (tenon start --database-url).'

/** Known by name, whether or not the server has their files. */
const wanted: readonly Omit<Unavailable, 'reason'>[] = [
  { name: 'vector', comment: 'Embeddings and nearest neighbours (pgvector)' },
  { name: 'postgis', comment: 'Geometry and geography' },
  { name: 'pg_cron', comment: 'Jobs at fixed times' },
  { name: 'pg_net', comment: 'HTTP requests that wait for no answer' },
  { name: 'http', comment: 'HTTP requests from SQL' },
  { name: 'pg_graphql', comment: 'GraphQL over tables' },
  { name: 'supabase_vault', comment: 'Secrets at rest' },
  { name: 'pgsodium', comment: 'Cryptography by libsodium' },
  { name: 'pgjwt', comment: 'JSON Web Tokens in SQL' },
  { name: 'pgmq', comment: 'Message queues' },
  { name: 'pgtap', comment: 'Unit tests in SQL' },
  { name: 'pgaudit', comment: 'An audit log of sessions and objects' },
  { name: 'plpgsql_check', comment: 'Checks of functions in plpgsql' },
  { name: 'hypopg', comment: 'Indexes that are only supposed' },
  { name: 'index_advisor', comment: 'Advice on indexes for a query' },
  { name: 'pg_jsonschema', comment: 'JSON Schema for columns' },
  { name: 'wrappers', comment: 'Foreign data wrappers' },
  { name: 'plv8', comment: 'Functions in JavaScript' },
  { name: 'hashids', comment: 'Short ids made of numbers' },
  { name: 'rum', comment: 'Full text search with ranking in the index' },
  { name: 'pgroonga', comment: 'Full text search for all languages' },
  { name: 'timescaledb', comment: 'Time series' },
  { name: 'pg_repack', comment: 'Removes bloat without a lock' },
]

/** These have their files in the embedded Postgres and lack the language's own libraries. */
const foreignLanguage = /(^|_)(plperlu?|plpython3u|pltclu?)$/

/** Why the embedded Postgres cannot load an extension that it lists; null where nothing speaks against it. */
export function cannotLoad(name: string, embedded: boolean): string | null {
  if (!embedded || !foreignLanguage.test(name)) return null
  return `The embedded Postgres comes without the language’s own library. ${ownPostgres}`
}

/** Those that are looked for and not among `present`. */
export function missingExtensions(present: ReadonlySet<string>, embedded: boolean): readonly Unavailable[] {
  const reason = embedded
    ? `The embedded Postgres comes without it, and extensions cannot be compiled for it. ${ownPostgres}`
    : 'This Postgres server does not have it installed. Whoever runs the server can install it.'
  return wanted.filter(({ name }) => !present.has(name)).map((extension) => ({ ...extension, reason }))
}
