import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IdentityLog } from '../identity-log.ts'
import { parseIssuers } from '../issuers/parse-issuers.ts'
import { makePair, silentLog } from '../verify/verifier-fixture.ts'
import type { Issuer } from '../issuers/issuer.ts'
import { createIssuerKeys, type IssuerKeys } from './issuer-keys.ts'
import { createKeyStore, forgetfulKeyStore } from './stored-keys.ts'

/** An issuer on loopback whose answers a test sets. */
interface Provider {
  readonly url: string
  answers: Record<string, { status?: number; body?: unknown; headers?: Record<string, string> }>
  readonly asked: string[]
  close(): Promise<void>
}

async function startProvider(): Promise<Provider> {
  const asked: string[] = []
  const provider: { answers: Provider['answers'] } = { answers: {} }
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const { status = 200, body, headers = {} } = provider.answers[request.url ?? ''] ?? { status: 404 }
    response.writeHead(status, headers)
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return Object.assign(provider, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  })
}

const [first, second] = await Promise.all([makePair('RS256', 'k1'), makePair('RS256', 'k2')])
const discovery = '/.well-known/openid-configuration'
let provider: Provider
let clock: number
let dropped: number

beforeEach(async () => {
  provider = await startProvider()
  provider.answers = {
    [discovery]: { body: { issuer: `${provider.url}/`, jwks_uri: `${provider.url}/jwks` } },
    '/jwks': { body: { keys: [first.publicJwk] } },
  }
  clock = 1000
  dropped = 0
})

afterEach(() => provider.close())

function issuerOf(fields: object): Issuer {
  const [issuer] = parseIssuers({ mine: fields })
  if (issuer === undefined) throw new Error('no issuer')
  return issuer
}

function watch(issuer = issuerOf({ issuer_url: provider.url }), store = forgetfulKeyStore): IssuerKeys {
  return createIssuerKeys(issuer, {
    fetch: globalThis.fetch,
    now: () => clock,
    store,
    log: silentLog,
    onKeysDropped: () => {
      dropped += 1
    },
  })
}

const idsOf = async (keys: IssuerKeys, keyId: string | null): Promise<(string | null)[]> =>
  (await keys.demand(keyId)).map((key) => key.keyId)

describe('discovery', () => {
  it('finds the keys the issuer points to, and asks once for many callers', async () => {
    const keys = watch()
    const all = await Promise.all([idsOf(keys, 'k1'), idsOf(keys, 'k1'), idsOf(keys, 'k1')])
    expect(all).toEqual([['k1'], ['k1'], ['k1']])
    expect(provider.asked).toEqual([discovery, '/jwks'])
  })

  it.each([
    [
      'a document of another issuer',
      { body: { issuer: 'https://evil', jwks_uri: 'https://evil/jwks' } },
      /issuer is "https:\/\/evil"/,
    ],
    ['a document without jwks_uri', { body: {} }, /issuer is undefined/],
    ['a redirect', { status: 302, headers: { location: 'https://evil' } }, /HTTP status 302/],
    ['a failure', { status: 500 }, /HTTP status 500/],
    ['no JSON', { body: '<html>' }, /not JSON/],
    ['a huge answer', { body: ' '.repeat(600_000) }, /larger than/],
  ])('%s leaves the keys unavailable, saying why', async (_, answer, reason) => {
    provider.answers[discovery] = answer
    await expect(watch().demand('k1')).rejects.toMatchObject({
      code: 'token.keys-unavailable',
      detail: { url: `${provider.url}${discovery}`, reason: expect.stringMatching(reason) as string, retryAfter: 1 },
    })
  })

  it('follows no pointer to plain http elsewhere', async () => {
    provider.answers[discovery] = { body: { issuer: provider.url, jwks_uri: 'http://192.0.2.1/jwks' } }
    await expect(watch().demand('k1')).rejects.toMatchObject({ detail: { reason: 'not an https URL' } })
  })

  it('a set without a usable key is no set', async () => {
    provider.answers['/jwks'] = { body: { keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'k1' }] } }
    await expect(watch().demand('k1')).rejects.toMatchObject({ code: 'token.keys-unavailable' })
  })

  it('an issuer without discovery document may have its key set where Clerk has it', async () => {
    provider.answers = { '/.well-known/jwks.json': { body: { keys: [first.publicJwk] } } }
    const issuer: Issuer = {
      ...issuerOf({ issuer_url: provider.url }),
      keys: { kind: 'discovery', url: provider.url, jwksFallback: `${provider.url}/.well-known/jwks.json` },
    }
    expect(await idsOf(watch(issuer), 'k1')).toEqual(['k1'])
  })
})

describe('over time', () => {
  it('an unknown key id brings the new keys at once, and then not again for 30 seconds', async () => {
    const keys = watch()
    await keys.demand('k1')
    clock += 31
    provider.answers['/jwks'] = { body: { keys: [first.publicJwk, second.publicJwk] } }
    expect(await idsOf(keys, 'k2')).toEqual(['k1', 'k2'])
    provider.asked.length = 0
    clock += 29
    await keys.demand('k3')
    expect(provider.asked).toEqual([])
    clock += 1
    await Promise.all([keys.demand('k3'), keys.demand('k4')])
    expect(provider.asked).toEqual([discovery, '/jwks'])
  })

  it('old keys are refreshed behind the caller, and a dropped key is reported', async () => {
    const keys = watch()
    await keys.demand('k1')
    clock += 601
    provider.answers['/jwks'] = { body: { keys: [second.publicJwk] } }
    expect(await idsOf(keys, 'k1')).toEqual(['k1'])
    await keys.refreshIfStale()
    expect(keys.known().map((key) => key.keyId)).toEqual(['k2'])
    expect({ dropped, age: keys.age() }).toEqual({ dropped: 1, age: 0 })
  })

  it('another key under the same id counts as dropped, an added key does not', async () => {
    const keys = watch()
    await keys.demand('k1')
    clock += 601
    provider.answers['/jwks'] = { body: { keys: [first.publicJwk, second.publicJwk] } }
    await keys.refreshIfStale()
    expect(dropped).toBe(0)
    clock += 601
    provider.answers['/jwks'] = { body: { keys: [{ ...second.publicJwk, kid: 'k1' }, second.publicJwk] } }
    await keys.refreshIfStale()
    expect(dropped).toBe(1)
  })

  it('keys that were good stay good while the issuer cannot be reached', async () => {
    const keys = watch()
    await keys.demand('k1')
    provider.answers = {}
    clock += 5000
    await keys.refreshIfStale()
    expect(await idsOf(keys, 'k1')).toEqual(['k1'])
    expect(keys.age()).toBe(5000)
  })

  it('an issuer that starts a moment later is found within a second, and asked less and less while it is away', async () => {
    const { answers } = provider
    provider.answers = {}
    const keys = watch()
    await expect(keys.demand('k1')).rejects.toMatchObject({ detail: { retryAfter: 1 } })
    await expect(keys.demand('k1')).rejects.toMatchObject({ detail: { retryAfter: 1 } })
    expect(provider.asked).toEqual([discovery])
    clock += 1
    await expect(keys.demand('k1')).rejects.toMatchObject({ detail: { retryAfter: 2 } })
    clock += 2
    provider.answers = answers
    expect(await idsOf(keys, 'k1')).toEqual(['k1'])
  })
})

describe('a check', () => {
  it('asks whatever the cool-down, and says what came of it', async () => {
    const keys = watch()
    expect(keys.report()).toEqual({ url: provider.url, keys: [], fetchedAt: null, attemptedAt: null, failure: null })
    await keys.check()
    await keys.check()
    expect(provider.asked).toHaveLength(4)
    expect(keys.report()).toMatchObject({ url: `${provider.url}/jwks`, fetchedAt: 1000, failure: null })
    clock += 5
    provider.answers = {}
    await keys.check()
    expect(keys.report()).toMatchObject({
      url: `${provider.url}${discovery}`,
      fetchedAt: 1000,
      attemptedAt: 1005,
      failure: { message: 'HTTP status 404', status: 404 },
    })
  })

  it('knows since when each key is there; other material under the same id is another key', async () => {
    const keys = watch()
    await keys.check()
    clock += 700
    provider.answers['/jwks'] = { body: { keys: [first.publicJwk, second.publicJwk] } }
    await keys.check()
    expect(keys.report().keys.map(({ keyId, firstSeen }) => [keyId, firstSeen])).toEqual([
      ['k1', 1000],
      ['k2', 1700],
    ])
    clock += 50
    provider.answers['/jwks'] = { body: { keys: [{ ...second.publicJwk, kid: 'k1' }] } }
    await keys.check()
    expect(keys.report().keys.map(({ keyId, firstSeen }) => [keyId, firstSeen])).toEqual([['k1', 1750]])
  })
})

describe('the stored set', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'issuer-keys-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('lets a server start without network, and holds public members only', async () => {
    const store = createKeyStore(folder, silentLog)
    const issuer = issuerOf({ issuer_url: provider.url })
    provider.answers['/jwks'] = { body: { keys: [{ ...first.privateJwk, use: 'sig' }] } }
    await watch(issuer, store).demand('k1')
    await provider.close()
    const { readFile } = await import('node:fs/promises')
    const [file] = await readdir(folder)
    expect(
      Object.keys((JSON.parse(await readFile(join(folder, file ?? ''), 'utf8')) as { keys: [object] }).keys[0]),
    ).toEqual(['kty', 'n', 'e', 'kid', 'alg', 'use', 'first_seen'])
    clock += 100
    const offline = watch(issuer, store)
    expect(await idsOf(offline, 'k1')).toEqual(['k1'])
    expect(offline.age()).toBe(100)
    expect(offline.report().keys).toEqual([{ keyId: 'k1', algorithms: ['RS256'], firstSeen: 1000 }])
    provider = await startProvider()
  })

  it('is ignored with a line in the log when it is corrupt, and replaced by the next good one', async () => {
    const lines: string[] = []
    const log: IdentityLog = { info: () => undefined, warn: (_, message) => void lines.push(message) }
    const store = createKeyStore(folder, log)
    await watch(undefined, store).demand('k1')
    const [file] = await readdir(folder)
    await writeFile(join(folder, file ?? ''), '{"half')
    expect(await idsOf(watch(undefined, store), 'k1')).toEqual(['k1'])
    expect(lines).toEqual(['stored issuer keys are unreadable and ignored'])
    expect(await store.read(issuerOf({ issuer_url: provider.url }))).toMatchObject({ fetchedAt: 1000 })
  })

  it('a folder that cannot be written to refuses no token', async () => {
    await writeFile(join(folder, 'file'), '')
    expect(await idsOf(watch(undefined, createKeyStore(join(folder, 'file'), silentLog)), 'k1')).toEqual(['k1'])
  })
})

it('the verifier meets a rotated key without being told', async () => {
  const { createOwnKeys } = await import('./own-keys.ts')
  const { createVerifier } = await import('../verify/verifier.ts')
  const { signRaw } = await import('../verify/verifier-fixture.ts')
  const verifier = createVerifier({
    own: createOwnKeys({ secret: null }),
    issuers: [issuerOf({ issuer_url: provider.url })],
    log: silentLog,
    now: () => clock,
  })
  const claims = { iss: provider.url, role: 'authenticated', exp: clock + 2000 }
  const before = await signRaw({ alg: 'RS256', kid: 'k1' }, claims, first.privateKey)
  const after = await signRaw({ alg: 'RS256', kid: 'k2' }, claims, second.privateKey)
  expect((await verifier.verify(before)).role).toBe('authenticated')
  await expect(verifier.verify(after)).rejects.toMatchObject({
    code: 'token.key-unknown',
    detail: { knownKeyIds: ['k1'] },
  })
  provider.answers['/jwks'] = { body: { keys: [second.publicJwk] } }
  clock += 31
  expect((await verifier.verify(after)).role).toBe('authenticated')
  await expect(verifier.verify(before)).rejects.toMatchObject({ code: 'token.key-unknown' })
})
