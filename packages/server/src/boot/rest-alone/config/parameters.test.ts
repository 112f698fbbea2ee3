import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dumpParameters } from './dump-parameters.ts'
import { parseSettingsFile } from './parse-settings-file.ts'
import { readAloneConfig } from './read-alone-config.ts'
import { readParameters } from './parameters.ts'

const defaults = `admin-server-host = "!4"
admin-server-port = ""
admin-server-unix-socket = ""
admin-server-unix-socket-mode = "660"
client-error-verbosity = "verbose"
db-aggregates-enabled = false
db-anon-role = ""
db-channel = "pgrst"
db-channel-enabled = true
db-config = true
db-extra-search-path = "public"
db-hoisted-tx-settings = "statement_timeout,plan_filter.statement_cost_limit,default_transaction_isolation"
db-max-rows = ""
db-plan-enabled = false
db-pool = 10
db-pool-acquisition-timeout = 10
db-pool-automatic-recovery = true
db-pool-max-idletime = 30
db-pool-max-lifetime = 1800
db-pre-config = ""
db-pre-request = ""
db-prepared-statements = true
db-root-spec = ""
db-schemas = "public"
db-tx-end = "commit"
db-uri = "postgresql://"
jwt-aud = ""
jwt-cache-max-entries = 1000
jwt-role-claim-key = "$$.role"
jwt-secret = ""
jwt-secret-is-base64 = false
log-level = "error"
log-query = false
openapi-mode = "follow-privileges"
openapi-security-active = false
openapi-server-proxy-uri = ""
server-cors-allowed-origins = ""
server-host = "!4"
server-port = 3000
server-reuseport = false
server-timing-enabled = false
server-trace-header = ""
server-unix-socket = ""
server-unix-socket-mode = "660"
url-use-legacy-target-names = true
`

const none = { database: new Map(), environment: {}, file: new Map() }
const dumpOf = (environment: Readonly<Record<string, string>>): string =>
  dumpParameters(readAloneConfig({ environment, file: null }))
const dumpOfFile = (text: string): string =>
  dumpParameters(readParameters({ ...none, file: parseSettingsFile(text, 'x', {}) }, null))

test('an empty configuration is PostgREST’s defaults', () => {
  expect(dumpOf({})).toBe(defaults)
})

test.each([
  ['db-schema = "one, two"', 'db-schemas = "one,two"'],
  ['db-pool-timeout = 5', 'db-pool-max-idletime = 5'],
  ['max-rows = 1000', 'db-max-rows = 1000'],
  ['pre-request = "check"', 'db-pre-request = "check"'],
  ['role-claim-key = "$$.aliased"', 'jwt-role-claim-key = "$$.aliased"'],
  ['root-spec = "open"', 'db-root-spec = "open"'],
  ['secret-is-base64 = true', 'jwt-secret-is-base64 = true'],
  ['db-channel-enabled = "1"\ndb-prepared-statements = "0"', 'db-prepared-statements = false'],
  ['db-channel-enabled = "FALSE"', 'db-channel-enabled = false'],
  ['app.settings.test = false', 'app.settings.test = "Bool False"'],
  ['jwt-role-claim-key = ".roles[?(@ ==^ \\"x\\")]"', String.raw`jwt-role-claim-key = ".\"roles\"[?(@ ==^ \"x\")]"`],
  ['app { settings { a = "b" } }', 'app.settings.a = "b"'],
])('%s is shown as %s', (file, line) => {
  expect(dumpOfFile(file).split('\n')).toContain(line)
})

test('what was shown can be read again and shows the same', () => {
  const first = dumpOfFile(
    String.raw`app.settings.x = "a \"b\" $$c \\ d"` + '\njwt-role-claim-key = ".a[?(@ == \\"x\\")]"',
  )
  expect(dumpOfFile(first)).toBe(first)
})

test('the database wins over the environment, and that over the file', () => {
  const file = parseSettingsFile('db-anon-role = "f"\ndb-schemas = "f"\ndb-max-rows = 1\napp.settings.a = "f"', 'x', {})
  const environment = { PGRST_DB_SCHEMAS: 'e', PGRST_DB_MAX_ROWS: '2', PGRST_APP_SETTINGS_a: 'e' }
  const { parameters, appSettings } = readParameters(
    { database: new Map([['db_max_rows', '3']]), environment, file },
    null,
  )
  expect(parameters).toMatchObject({ 'db-anon-role': 'f', 'db-schemas': ['e'], 'db-max-rows': 3 })
  expect([...appSettings]).toEqual([['app.settings.a', 'e']])
})

test('set to nothing hides what the file says', () => {
  const file = parseSettingsFile('db-anon-role = "f"\ndb-extra-search-path = "f"', 'x', {})
  const environment = { PGRST_DB_ANON_ROLE: '', PGRST_DB_EXTRA_SEARCH_PATH: '' }
  const { parameters } = readParameters({ ...none, environment, file }, null)
  expect(parameters).toMatchObject({ 'db-anon-role': null, 'db-extra-search-path': [] })
})

test('a number or a truth that is none is ignored, and told of', () => {
  const environment = { PGRST_DB_POOL: 'many', PGRST_DB_PLAN_ENABLED: 'perhaps' }
  const { parameters, warnings } = readParameters({ ...none, environment }, null)
  expect(parameters).toMatchObject({ 'db-pool': 10, 'db-plan-enabled': false })
  expect(warnings.join()).toMatch(/db-pool is ignored.*db-plan-enabled is ignored|db-plan-enabled.*db-pool/)
})

test('secrets and connection strings may stand in files of their own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-secret-'))
  writeFileSync(join(folder, 'secret'), `${'s'.repeat(32)}\n`)
  writeFileSync(join(folder, 'uri'), '\n postgresql://there \n')
  const dump = dumpOf({ PGRST_JWT_SECRET: `@${folder}/secret`, PGRST_DB_URI: `@${folder}/uri` })
  expect(dump).toContain(`jwt-secret = "${'s'.repeat(32)}"\n`)
  expect(dump).toContain('db-uri = "postgresql://there"')
  rmSync(folder, { recursive: true })
})

test('a secret that came through a pipe is not asked for again', () => {
  const environment = { PGRST_JWT_SECRET: '@/dev/null' }
  const { parameters } = readParameters(none, null)
  const before = { ...parameters, 'jwt-secret': Buffer.from('piped') }
  expect(readParameters({ ...none, environment }, before).parameters['jwt-secret']?.toString()).toBe('piped')
})

test.each([
  [{ PGRST_JWT_SECRET: 'short_secret' }, 'The JWT secret must be at least 32 characters long.'],
  [
    { PGRST_SERVER_PORT: '3000', PGRST_ADMIN_SERVER_PORT: '3000' },
    'admin-server-port cannot be the same as server-port',
  ],
  [{ PGRST_DB_SCHEMAS: 'api, pg_catalog' }, "db-schemas does not allow schema: 'pg_catalog'"],
  [{ PGRST_DB_SCHEMAS: 'information_schema' }, "db-schemas does not allow schema: 'information_schema'"],
  [{ PGRST_SERVER_UNIX_SOCKET_MODE: '800' }, 'Invalid server-unix-socket-mode: not an octal'],
  [{ PGRST_SERVER_UNIX_SOCKET_MODE: '577' }, 'needs to be between 600 and 777'],
  [{ PGRST_ADMIN_SERVER_UNIX_SOCKET_MODE: '1000' }, 'Invalid admin-server-unix-socket-mode: needs to be'],
  [{ PGRST_JWT_AUD: 'foo://%%$$^^.com' }, 'jwt-aud should be a string or a valid URI'],
  [{ PGRST_LOG_LEVEL: 'never' }, 'Invalid logging level. Check your configuration.'],
  [{ PGRST_DB_TX_END: 'random' }, 'Invalid transaction termination. Check your configuration.'],
  [{ PGRST_OPENAPI_MODE: 'follow' }, 'Invalid openapi-mode. Check your configuration.'],
  [{ PGRST_CLIENT_ERROR_VERBOSITY: 'x' }, 'Invalid client-error-verbosity. Check your configuration.'],
  [{ PGRST_OPENAPI_SERVER_PROXY_URI: 'htp:/@@localhorst.invalid' }, 'Malformed proxy uri'],
  [{ PGRST_JWT_SECRET: 'no base-64!', PGRST_JWT_SECRET_IS_BASE64: 'true' }, 'base64'],
  [{ PGRST_JWT_SECRET: '@/nowhere/at/all' }, '/nowhere/at/all'],
  [{ PGRST_JWT_ROLE_CLAIM_KEY: '@@.role.other' }, 'failed to parse role-claim-key value (@@.role.other)'],
])('%j is refused', (environment, sentence) => {
  expect(() => dumpOf(environment)).toThrow(sentence)
})

test.each(['$.my_role', 'https://postgrest.org', 'urn:x', 'plain'])('%s may be an audience', (audience) => {
  expect(dumpOf({ PGRST_JWT_AUD: audience })).toContain('jwt-aud = ')
})
