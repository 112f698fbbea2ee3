import { expect, test } from 'vitest'
import { readEnvironment } from './environment.ts'

test('an empty environment is PostgREST’s defaults', () => {
  expect(readEnvironment({})).toMatchObject({
    rest: {
      schemas: ['public'],
      extraSearchPath: ['public'],
      maxRows: null,
      anonymousRole: null,
      root: { kind: 'describe' },
      transactionEnd: 'commit',
      transactionOverride: false,
      requireFilter: false,
    },
    database: { poolSize: 10, acquireTimeout: 10_000, idleTimeout: 30_000, channel: 'pgrst' },
    token: { secret: null, audience: null, rolePath: '$.role', cacheSize: 1000 },
    server: { host: '0.0.0.0', port: 3000 },
    admin: null,
    allowedOrigins: null,
  })
})

test('every variable is read as PostgREST reads it', () => {
  const config = readEnvironment({
    PGRST_DB_SCHEMAS: 'api, "quoted" ,v2',
    PGRST_DB_EXTRA_SEARCH_PATH: '',
    PGRST_DB_MAX_ROWS: '7',
    PGRST_DB_TX_END: 'rollback-allow-override',
    PGRST_DB_PRE_REQUEST: 'auth.check',
    PGRST_DB_ROOT_SPEC: 'api.root',
    PGRST_DB_AGGREGATES_ENABLED: '"TRUE"',
    PGRST_DB_CHANNEL_ENABLED: '0',
    PGRST_APP_SETTINGS_HOST: 'here',
    PGRST_JWT_SECRET: 'c2VjcmV0',
    PGRST_JWT_SECRET_IS_BASE64: 'true',
    PGRST_SERVER_HOST: '127.0.0.1',
    PGRST_ADMIN_SERVER_PORT: '3001',
    PGRST_SERVER_CORS_ALLOWED_ORIGINS: 'http://a.example, http://b.example',
  })
  expect(config).toMatchObject({
    rest: {
      schemas: ['api', '"quoted"', 'v2'],
      extraSearchPath: [],
      maxRows: 7,
      transactionEnd: 'rollback',
      transactionOverride: true,
      preRequest: { schema: 'auth', name: 'check' },
      root: { kind: 'routine', name: 'root' },
      aggregatesEnabled: true,
      appSettings: [['app.settings.host', 'here']],
    },
    database: { channel: null },
    admin: { host: '127.0.0.1', port: 3001 },
    allowedOrigins: ['http://a.example', 'http://b.example'],
  })
  expect(config.token.secret?.toString()).toBe('secret')
})

test.each([
  [{ PGRST_DB_POOL: 'many' }, 'PGRST_DB_POOL'],
  [{ PGRST_DB_PLAN_ENABLED: 'perhaps' }, 'PGRST_DB_PLAN_ENABLED'],
  [{ PGRST_DB_SCHEMAS: 'api,pg_catalog' }, 'pg_catalog'],
])('%o is refused by name', (env, name) => {
  expect(() => readEnvironment(env)).toThrow(name)
})
