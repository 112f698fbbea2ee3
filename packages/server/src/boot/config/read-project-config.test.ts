import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { readDatabaseProject, readProjectConfig } from './read-project-config.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-config-'))
  mkdirSync(join(folder, 'supabase'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function config(toml: string): void {
  writeFileSync(join(folder, 'supabase', 'config.toml'), toml)
}

test('a folder without any configuration gets the ports and keys of a local Supabase project', () => {
  const read = readProjectConfig(folder, {})
  expect([read.api.port, read.db.port, read.clerk.port]).toEqual([54_321, 54_322, 54_325])
  expect(read.api.host).toBe('127.0.0.1')
  expect(read.api.requireApiKey).toBe(false)
  expect(read.warnings).toEqual([])
})

test('env(NAME) takes the value from the environment, from .env files last', () => {
  config('[auth]\njwt_secret = "env(SECRET)"\npublishable_key = "env(FROM_FILE)"\n')
  writeFileSync(join(folder, 'supabase', '.env'), 'FROM_FILE=file\nSECRET=file\n')
  const read = readProjectConfig(folder, { SECRET: 'process' })
  expect(read.auth.jwtSecret).toBe('process')
  expect(read.auth.publishableKey).toBe('file')
})

test('keys that have no effect are named once, by their dotted names', () => {
  config('[api]\nport = 1\n[analytics]\nenabled = true\n[db.pooler]\nenabled = false\n')
  const { warnings } = readProjectConfig(folder, {})
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('analytics')
  expect(warnings[0]).toContain('db.pooler')
})

test.each([
  ['[api]\nport = "x"', 'api.port'],
  ['[api]\nport = 70000', 'api.port'],
  ['[api.limits]\njson_depth = 100000', 'api.limits.json_depth'],
  ['[db.seed]\nsql_paths = "seed.sql"', 'db.seed.sql_paths'],
  ['[api]\nschemas = 3', 'api.schemas'],
  ['[clerk.mirror]\nschema = "clerk"', 'clerk.mirror.schema'],
  ['[clerk]\nenabled = false\n[clerk.mirror]\nenabled = true', 'clerk.mirror.webhook_secret'],
  ['[clerk]\nwebhooks = 3', 'clerk.webhooks'],
  ['[[clerk.webhooks]]\nname = "app"', 'clerk.webhooks[0].url'],
  ['[clerk.webhook_delivery]\nretry_delays = [1, "x"]', 'clerk.webhook_delivery.retry_delays'],
  ['[studio]\npassword = "short"', 'studio.password'],
  ['[studio]\npassword = "env(NOBODY_SET_THIS)"', 'studio.password'],
  ['[auth]\njwt_secret = "env(NOBODY_SET_THIS_SECRET)"', 'auth.jwt_secret'],
  ['[auth]\nsecret_key = "env(NOBODY_SET_THIS)"', 'auth.secret_key'],
  ['[auth]\nservice_role_key = "env(NOBODY_SET_THIS)"', 'auth.service_role_key'],
  ['[db]\nurl = "env(NOBODY_SET_THIS)"', 'db.url'],
  ['[clerk]\nsecret_key = "env(NOBODY_SET_THIS)"', 'clerk.secret_key'],
  ['[[clerk.webhooks]]\nurl = "http://x.example"\nsecret = "env(NOBODY_SET_THIS)"', 'clerk.webhooks[0].secret'],
  ['[clerk.mirror]\nenabled = true\nwebhook_secret = "env(NOBODY_SET_THIS)"', 'clerk.mirror.webhook_secret'],
  ['[clerk.mirror]\nenabled = true\nsecret_key = "env(NOBODY_SET_THIS)"', 'clerk.mirror.secret_key'],
  ['[clerk.instances.shop]\nsecret_key = "env(NOBODY_SET_THIS)"', 'clerk.instances.shop.secret_key'],
  ['api = 3', 'api'],
  ['[clerk.instances]\nshop = 3', 'clerk.instances.shop'],
  ['[clerk.instances.mirror]', 'clerk.instances.mirror'],
  ['[clerk.instances.instances]', 'clerk.instances.instances'],
  ['[clerk.instances.shop]\nenvironment = "staging"', 'clerk.instances.shop.environment'],
])('a value of the wrong kind is refused by its key: %s', (toml, key) => {
  config(toml)
  expect(() => readProjectConfig(folder, {})).toThrowError(
    expect.objectContaining({ code: 'boot.config-invalid', detail: expect.objectContaining({ key }) }),
  )
})

test.each([
  '[clerk]\nenabled = false\nsecret_key = "env(NOBODY_SET_THIS)"\ninstances.shop.secret_key = "env(NOBODY_SET_THIS)"',
  '[clerk]\nenabled = false\n[[clerk.webhooks]]\nurl = "http://x.example"\nsecret = "env(NOBODY_SET_THIS)"',
  '[storage.s3_protocol]\nenabled = false\naccess_key_id = "env(NOBODY_SET_THIS)"\nsecret_access_key = "env(NOBODY_SET_THIS)"',
  '[clerk.mirror]\nwebhook_secret = "env(NOBODY_SET_THIS)"\nsecret_key = "env(NOBODY_SET_THIS)"',
  '[studio]\nopenai_api_key = "env(NOBODY_SET_THIS)"\n[edge_runtime.secrets]\nsecret_key = "env(NOBODY_SET_THIS)"',
  '[auth.sms.twilio]\nenabled = false\nauth_token = "env(NOBODY_SET_THIS)"\n[auth.email.smtp]\npass = "env(NOBODY_SET_THIS)"',
  '[auth.external.apple]\nsecret = "env(NOBODY_SET_THIS)"\n[experimental]\ns3_secret_key = "env(NOBODY_SET_THIS)"',
])('a variable that nobody needs may be unset: %s', (toml) => {
  config(toml)
  expect(() => readProjectConfig(folder, {})).not.toThrow()
})

test('what lets people in may wait for its variable where only the database is read, what the database keeps may not', () => {
  const keys = ['publishable_key', 'secret_key', 'anon_key', 'service_role_key'].map((key) => `${key} = "env(UNSET)"\n`)
  const pair = ['access_key_id', 'secret_access_key'].map((key) => `${key} = "env(UNSET)"\n`)
  config(
    `[auth]\n${keys.join('')}jwt_expiry = 60\n[studio]\npassword = "env(UNSET)"\n[storage.s3_protocol]\n${pair.join('')}`,
  )
  expect(readDatabaseProject(folder, {}).auth.jwtExpiry).toBe(60)
  config('[auth]\njwt_secret = "env(UNSET)"\n')
  expect(() => readDatabaseProject(folder, {})).toThrowError(
    expect.objectContaining({ detail: expect.objectContaining({ key: 'auth.jwt_secret' }) }),
  )
})

test('text that is not TOML is refused with the place of the mistake', () => {
  config('[api\nport = 1')
  expect(() => readProjectConfig(folder, {})).toThrowError(
    expect.objectContaining({ detail: expect.objectContaining({ problem: expect.stringMatching(/line|1/) }) }),
  )
})

test('the bounds of one request are the file’s, each with a default', () => {
  expect(readProjectConfig(folder, {}).api.limits).toMatchObject({ url: 32_768, jsonDepth: 256, filters: 1000 })
  config('[api.limits]\nquery_body = 10\njson_depth = 4\nembed_depth = 0\nlogic_depth = 2\nfilters = 3\n')
  const { limits } = readProjectConfig(folder, {}).api
  expect(limits).toMatchObject({ queryBody: 10, jsonDepth: 4, embedDepth: 0, logicDepth: 2, filters: 3 })
})

test('production asks for an API key unless told otherwise', () => {
  expect(readProjectConfig(folder, { NODE_ENV: 'production' }).api.requireApiKey).toBe(true)
  config('[api]\nrequire_apikey = false')
  expect(readProjectConfig(folder, { NODE_ENV: 'production' }).api.requireApiKey).toBe(false)
})

const refuses = (NODE_ENV: string): boolean => readProjectConfig(folder, { NODE_ENV }).api.refuseSecretKeysInBrowsers

test('production keeps secret keys out of browsers unless told otherwise, development does when told', () => {
  expect([refuses('production'), refuses('development')]).toEqual([true, false])
  config('[api]\nrefuse_secret_keys_in_browsers = false')
  expect(refuses('production')).toBe(false)
  config('[api]\nrefuse_secret_keys_in_browsers = true')
  expect(refuses('development')).toBe(true)
})

test('the built-in instance is named after the project as one DNS label', () => {
  config('project_id = "My Shop_2"')
  expect(readProjectConfig(folder, {}).clerk.instances[0].domain).toBe('my-shop-2.local.clerk.accounts.dev')
})

test('a local domain that the project trusts is the one the built-in instance takes', () => {
  config('[auth.third_party.clerk]\nenabled = true\ndomain = "https://other.local.clerk.accounts.dev"')
  expect(readProjectConfig(folder, {}).clerk.instances[0].domain).toBe('other.local.clerk.accounts.dev')
  config('[auth.third_party.clerk]\nenabled = true\ndomain = "clerk.example.com"\n')
  expect(readProjectConfig(folder, {}).clerk.instances[0].domain).toMatch(/\.local\.clerk\.accounts\.dev$/)
})

test('a trusted domain that is another instance’s leaves the default instance its own', () => {
  const instances = '[clerk.instances.b]\n[clerk.instances.c]\ndomain = "c.local.clerk.accounts.dev"\n'
  for (const domain of ['b.shop.local.clerk.accounts.dev', 'c.local.clerk.accounts.dev']) {
    config(`project_id = "shop"\n[auth.third_party.clerk]\nenabled = true\ndomain = "${domain}"\n${instances}`)
    const domains = readProjectConfig(folder, {}).clerk.instances.map((instance) => instance.domain)
    expect(domains).toEqual([
      'shop.local.clerk.accounts.dev',
      'b.shop.local.clerk.accounts.dev',
      'c.local.clerk.accounts.dev',
    ])
  }
})

const mailbox = (environment = {}) => readProjectConfig(folder, environment).mailbox

test('the mailbox stands where upstream puts its own, unless it is given a place itself', () => {
  expect(mailbox()).toMatchObject({ enabled: true, host: '127.0.0.1', port: 54_324 })
  expect(mailbox({ NODE_ENV: 'production' }).enabled).toBe(false)
  config('[inbucket]\nenabled = false\nport = 5000\n')
  expect(mailbox()).toMatchObject({ enabled: false, port: 5000 })
  config('[local_smtp]\nenabled = false\nport = 5500\n')
  expect(mailbox()).toMatchObject({ enabled: false, port: 5500 })
  config('[inbucket]\nenabled = false\nport = 5000\n[mailbox]\nenabled = true\nport = 6000\n')
  expect(mailbox()).toMatchObject({ enabled: true, port: 6000 })
})

test('webhooks are an array of tables, named by their addresses unless they have names', () => {
  config('[[clerk.webhooks]]\nurl = "https://a.example"\n[[clerk.webhooks]]\nname = "b"\nurl = "https://b.example"\n')
  const { clerk, warnings } = readProjectConfig(folder, {})
  expect(clerk.webhooks.map(({ name }) => name)).toEqual(['https://a.example', 'b'])
  expect(warnings).toEqual([])
})

test('instances have the default one first, which the keys of [clerk] describe as well', () => {
  config(`
[clerk]
domain = "shop.local.clerk.accounts.dev"
secret_key = "sk_test_of_the_default"
[clerk.instances.Codes]
profile = "email-codes"
connected_to_supabase = false
authentication = { first_name = "required" }
[clerk.instances.default]
profile = "passkeys"
[clerk.instances.live]
environment = "production"
domain = "clerk.shop.example"
`)
  const { clerk, warnings } = readProjectConfig(folder, {})
  const plain = { environment: 'development', seedPath: null, connected: true, settings: {} }
  expect(clerk.instances).toEqual([
    {
      ...plain,
      name: 'default',
      domain: 'shop.local.clerk.accounts.dev',
      secretKey: 'sk_test_of_the_default',
      profile: 'passkeys',
    },
    {
      ...plain,
      name: 'Codes',
      domain: 'codes.shop.local.clerk.accounts.dev',
      secretKey: null,
      profile: 'email-codes',
      connected: false,
      settings: { authentication: { first_name: 'required' } },
    },
    {
      ...plain,
      name: 'live',
      domain: 'clerk.shop.example',
      secretKey: null,
      profile: null,
      environment: 'production',
    },
  ])
  expect(warnings).toEqual([])
})

test('the providers of [clerk] are those of the default instance', () => {
  config('[clerk.oidc.acme]\nclient_id = "a"\n[clerk.instances.shop]\nprofile = "passkeys"\n')
  const { clerk, warnings } = readProjectConfig(folder, {})
  expect(clerk.instances.map(({ settings }) => settings)).toEqual([{ oidc: { acme: { client_id: 'a' } } }, {}])
  expect(warnings).toEqual([])
})

test('Studio is served on a development machine, by a password too where there is one', () => {
  const studio = (environment = {}) => readProjectConfig(folder, environment).studio
  expect(studio()).toMatchObject({ enabled: true, host: '127.0.0.1', port: 54_323, password: null })
  config('[studio]\nport = 9\npassword = "env(STUDIO_PASSWORD)"\nhosts = ["Studio.Example.com"]')
  expect(studio({ STUDIO_PASSWORD: 'long enough to be one' })).toMatchObject({
    port: 9,
    password: 'long enough to be one',
    hosts: ['studio.example.com'],
  })
  expect(readProjectConfig(folder, { STUDIO_PASSWORD: 'long enough to be one' }, { studioPort: 8 }).studio.port).toBe(8)
})

test.each([
  ['', false, 0],
  ['enabled = true', false, 1],
  ['enabled = true\nallow_production = true', false, 1],
  ['allow_production = true\npassword = "long enough to be one"', true, 0],
  ['enabled = false\nallow_production = true\npassword = "long enough to be one"', false, 0],
])('in production, Studio with "%s" is served: %s', (toml, enabled, warnings) => {
  config(`[studio]\n${toml}`)
  const read = readProjectConfig(folder, { NODE_ENV: 'production' })
  expect([read.studio.enabled, read.warnings.length]).toEqual([enabled, warnings])
})
