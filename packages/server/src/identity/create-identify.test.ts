import { describe, expect, it } from 'vitest'
import { isRefusal } from '../refusal/refusal.ts'
import { createKeyRing } from './api-keys/key-ring.ts'
import { defaultJwtSecret, mintLegacyKeys } from './api-keys/legacy-keys.ts'
import { defaultOpaqueKeys, mintOpaqueKey, storeOpaqueKey } from './api-keys/opaque-keys.ts'
import { createIdentify, type Gate } from './create-identify.ts'
import type { Credentials } from './identity.ts'
import { createWorld, mint } from './verify/verifier-fixture.ts'

const world = await createWorld()
const { publishable, secret } = defaultOpaqueKeys
const legacy = mintLegacyKeys(defaultJwtSecret)
const keyRing = createKeyRing({
  opaque: [storeOpaqueKey('publishable', 'default', publishable), storeOpaqueKey('secret', 'default', secret)],
  legacy,
})
const [kind] = world.kinds
if (kind === undefined) throw new Error('no token kinds')
const clerk = await mint(kind)

const gate = (options: Partial<Parameters<typeof createIdentify>[0]> = {}): Gate =>
  createIdentify({ verifier: world.verifier, keyRing, ...options })

async function outcome(credentials: Partial<Credentials>, options = {}): Promise<string> {
  try {
    const identity = await gate(options).identify({ authorization: undefined, apikey: undefined, ...credentials })
    return `${identity.role} via ${identity.via}`
  } catch (thrown) {
    if (isRefusal(thrown)) return thrown.code
    throw thrown
  }
}

describe('the credential rules of the gateway', () => {
  it.each<[string, Partial<Credentials>, string]>([
    ['nothing', {}, 'anon via anonymous'],
    ['a publishable key', { apikey: publishable }, 'anon via api-key'],
    ['a secret key', { apikey: secret }, 'service_role via api-key'],
    ['a key with its echo', { apikey: secret, authorization: `Bearer ${secret}` }, 'service_role via api-key'],
    ['an echo of another key', { apikey: publishable, authorization: `Bearer ${secret}` }, 'anon via api-key'],
    ['a user token beside a key', { apikey: publishable, authorization: `Bearer ${clerk}` }, 'authenticated via token'],
    [
      'a user token beside a secret key',
      { apikey: secret, authorization: `Bearer ${clerk}` },
      'authenticated via token',
    ],
    ['a user token alone, scheme in lower case', { authorization: `bearer ${clerk}` }, 'authenticated via token'],
    ['a legacy key', { apikey: legacy.serviceRole }, 'service_role via token'],
    ['a legacy key twice', { apikey: legacy.anon, authorization: `Bearer ${legacy.anon}` }, 'anon via token'],
    [
      'a legacy key beside a user token',
      { apikey: legacy.anon, authorization: `Bearer ${clerk}` },
      'authenticated via token',
    ],
    ['an opaque key in Authorization alone', { authorization: `Bearer ${publishable}` }, 'anon via api-key'],
    ['an unknown opaque key', { apikey: 'sb_secret_x' }, 'token.api-key-unknown'],
    ['a key that is neither', { apikey: 'hello' }, 'token.malformed'],
    ['an empty bearer', { authorization: 'Bearer ' }, 'token.empty'],
    ['a bare bearer', { authorization: 'Bearer', apikey: publishable }, 'token.empty'],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz', apikey: secret }, 'anon via anonymous'],
    ['a bad token beside a secret key', { authorization: 'Bearer x.y', apikey: secret }, 'token.malformed'],
    ['an empty key', { apikey: '' }, 'anon via anonymous'],
  ])('%s', async (_, credentials, expected) => {
    expect(await outcome(credentials)).toBe(expected)
  })

  it('callers without credentials are refused where nobody may be anonymous', async () => {
    expect(await outcome({}, { anonymousRole: null })).toBe('token.anonymous-disabled')
  })

  it('an opaque key in Authorization alone is not enough where keys are required', async () => {
    expect(await outcome({ authorization: `Bearer ${secret}` }, { requireApiKey: true })).toBe('token.api-key-missing')
  })
})

const check = (apikey: string | undefined, options: object, userAgent?: string): string => {
  try {
    const door = gate(options)
    door.checkBrowser({ apikey, authorization: undefined }, userAgent)
    door.checkApiKey(apikey)
    return 'open'
  } catch (thrown) {
    return isRefusal(thrown) ? thrown.code : String(thrown)
  }
}

describe('the key check', () => {
  const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'

  it.each<[string, string | undefined, object, string | undefined, string]>([
    ['no key where none is required', undefined, {}, undefined, 'open'],
    ['no key where one is', undefined, { requireApiKey: true }, undefined, 'token.api-key-missing'],
    ['an unknown key', 'sb_publishable_x', { requireApiKey: true }, undefined, 'token.api-key-unknown'],
    ['a user token as key', clerk, { requireApiKey: true }, undefined, 'token.api-key-unknown'],
    ['a publishable key', publishable, { requireApiKey: true }, browser, 'open'],
    ['a legacy key', legacy.anon, { requireApiKey: true }, browser, 'open'],
    ['a secret key in a browser', secret, {}, browser, 'open'],
    [
      'a secret key in a browser, refused',
      secret,
      { refuseSecretKeysInBrowsers: true },
      browser,
      'token.secret-key-in-browser',
    ],
    ['a secret key on a server', secret, { refuseSecretKeysInBrowsers: true }, 'node', 'open'],
  ])('%s', (_, apikey, options, userAgent, expected) => {
    expect(check(apikey, options, userAgent)).toBe(expected)
  })
})

it('a secret key as bearer is seen in a browser too, and a user token is let through', () => {
  const door = gate({ refuseSecretKeysInBrowsers: true })
  const shown = (authorization: string) => () =>
    door.checkBrowser({ apikey: publishable, authorization }, 'Mozilla/5.0 (Macintosh)')
  expect(shown(`Bearer ${secret}`)).toThrow('token.secret-key-in-browser')
  expect(shown(`Bearer ${clerk}`)).not.toThrow()
})

it('the administration opens to secret and service_role keys only', () => {
  const door = gate()
  const none = { authorization: undefined, apikey: undefined }
  for (const key of [secret, legacy.serviceRole]) {
    expect(() => door.requireSecretKey({ ...none, apikey: key })).not.toThrow()
    expect(() => door.requireSecretKey({ ...none, authorization: `Bearer ${key}` })).not.toThrow()
  }
  for (const key of [publishable, legacy.anon, clerk, 'sb_secret_x', '']) {
    expect(() => door.requireSecretKey({ ...none, apikey: key })).toThrow('token.secret-key-required')
  }
})

it('the keys of the default secret are those every local project knows', () => {
  expect(legacy).toEqual({
    anon: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6ImFub24iLCJleHAiOjE5ODM4MTI5OTZ9.CRXP1A7WOeoJeXxjNni43kdQwgnWNReilDMblYTn_I0',
    serviceRole:
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6InNlcnZpY2Vfcm9sZSIsImV4cCI6MTk4MzgxMjk5Nn0.EGIM96RAZx35lJzdJsyH-qQwv8Hdp7fsn3W0YpN81IU',
  })
})

it('a minted opaque key has the shape of the public ones', () => {
  const key = mintOpaqueKey('secret', (size) => new Uint8Array(size))
  expect(key).toMatch(/^sb_secret_[\w-]{22}_[\w-]{8}$/)
  expect(storeOpaqueKey('secret', 'ci', key)).toEqual({
    kind: 'secret',
    name: 'ci',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  })
})
