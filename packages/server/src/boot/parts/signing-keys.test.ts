// The endpoints of the signing keys over a real file, asked as Studio asks.

import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Fastify, { type FastifyInstance } from 'fastify'
import { decodeProtectedHeader } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { publicKeysDoor } from '../../auth/public-keys-door.ts'
import { createOwnKeys, type OwnKeys } from '../../identity/keys/own-keys.ts'
import { parseSigningKeys } from '../../identity/keys/signing-keys.ts'
import { createVerifier, type Verifier } from '../../identity/verify/verifier.ts'
import { silentLog } from '../../identity/verify/verifier-fixture.ts'
import { platformDoor } from '../../platform/platform-door.ts'
import { signingKeysArea } from '../../platform/trust/signing-keys/signing-keys-area.ts'
import { openConfigFile } from '../config-file/config-file.ts'
import { openKeysFile } from '../config-file/keys-file.ts'

let folder: string
let own: OwnKeys
let verifier: Verifier
let app: FastifyInstance

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-signing-keys-'))
  mkdirSync(join(folder, 'supabase'))
  own = createOwnKeys({ secret: 'a secret of more than sixteen characters' })
  verifier = createVerifier({ own, issuers: [], log: silentLog })
  const config = openConfigFile({ projectDir: folder, environment: {} })
  const file = openKeysFile({ config, folder: join(folder, 'supabase'), configured: null })
  app = Fastify()
  await app.register(platformDoor([signingKeysArea({ own, file, now: () => 1000 })]))
  await app.register(publicKeysDoor(own), { prefix: '/auth/v1' })
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly keys: readonly { readonly kid: string; readonly state: string }[]
  readonly created: string
  readonly code: string
}

async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object) {
  const answer = await app.inject({ method, url, ...(body !== undefined && { payload: body }) })
  return { status: answer.statusCode, body: answer.json<Answer>() }
}

const made = async (algorithm: string): Promise<string> =>
  (await ask('POST', '/signing-keys', { algorithm })).body.created
const states = async (): Promise<readonly string[]> =>
  (await ask('GET', '/signing-keys')).body.keys.map(({ state }) => state)
const published = async (): Promise<readonly string[]> =>
  (await ask('GET', '/auth/v1/.well-known/jwks.json')).body.keys.map(({ kid }) => kid)
const keysFile = (): string => join(folder, 'supabase', 'signing_keys.json')

test('a first key makes the file for its owner alone, names it, and shows no private half', async () => {
  const { status, body } = await ask('POST', '/signing-keys', {})
  expect(status).toBe(201)
  expect(body).toMatchObject({
    keys: [
      { kid: body.created, algorithm: 'ES256', state: 'standby', createdAt: '1970-01-01T00:16:40.000Z', legacy: false },
      { kid: 'legacy-secret', algorithm: 'HS256', state: 'in_use', createdAt: null, legacy: true },
    ],
    file: keysFile(),
    note: `${keysFile()} holds private keys: keep it out of version control.`,
  })
  expect(JSON.stringify(body)).not.toMatch(/"d"/)
  expect(statSync(keysFile()).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(folder, 'supabase', 'config.toml'), 'utf8')).toBe(
    '[auth]\nsigning_keys_path = "./signing_keys.json"\n',
  )
  expect(await parseSigningKeys(readFileSync(keysFile(), 'utf8'))).toMatchObject([{ state: 'standby' }])
})

test('keys rotate, are revoked, return and are deleted, in what signs, verifies and is published', async () => {
  const [first, second] = [await made('ES256'), await made('RS256')]
  expect(await published()).toEqual([first, second])
  await ask('POST', `/signing-keys/${first}/rotate`)
  const token = await own.sign({ role: 'anon', exp: Math.floor(Date.now() / 1000) + 60 })
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', kid: first })
  expect((await verifier.verify(token)).role).toBe('anon')
  await ask('POST', `/signing-keys/${second}/rotate`)
  expect(await states()).toEqual(['previously_used', 'in_use', 'previously_used'])
  expect((await verifier.verify(token)).role).toBe('anon')
  await ask('POST', `/signing-keys/${first}/revoke`)
  await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'token.key-revoked' })
  expect(await published()).toEqual([second])
  await ask('POST', `/signing-keys/${first}/standby`)
  expect((await verifier.verify(token)).role).toBe('anon')
  expect((await ask('DELETE', `/signing-keys/${first}`)).body.keys).toHaveLength(2)
  expect(await parseSigningKeys(readFileSync(keysFile(), 'utf8'))).toMatchObject([{ keyId: second, state: 'in_use' }])
})

test('keys that tokens rely on stay, and so does the JWT secret', async () => {
  const key = await made('ES256')
  await ask('POST', `/signing-keys/${key}/rotate`)
  for (const refused of [`POST ${key}/revoke`, `DELETE ${key}`, `POST ${key}/standby`, `POST ${key}/rotate`]) {
    const [method, path] = refused.split(' ') as ['POST' | 'DELETE', string]
    expect((await ask(method, `/signing-keys/${path}`)).body.code, refused).toBe('signing-keys.state')
  }
  expect((await ask('POST', '/signing-keys/legacy-secret/revoke')).body.code).toBe('signing-keys.legacy')
  expect((await ask('DELETE', '/signing-keys/legacy-secret')).body.code).toBe('signing-keys.legacy')
  expect(await ask('POST', '/signing-keys/nobody/rotate')).toMatchObject({
    status: 404,
    body: { code: 'signing-keys.unknown' },
  })
  expect((await ask('POST', '/signing-keys', { algorithm: 'HS256' })).status).toBe(400)
})

test('a file that lies there already, or cannot be written, is refused and nothing changes', async () => {
  writeFileSync(keysFile(), 'mine')
  expect((await ask('POST', '/signing-keys', {})).body.code).toBe('config.unwritable')
  expect([await states(), readFileSync(keysFile(), 'utf8')]).toEqual([['in_use'], 'mine'])
  rmSync(keysFile())
  writeFileSync(join(folder, 'supabase', 'config.toml'), '[auth\n')
  chmodSync(join(folder, 'supabase', 'config.toml'), 0o444)
  expect((await ask('POST', '/signing-keys', {})).body.code).toBe('config.invalid')
  expect([await states(), await published()]).toEqual([['in_use'], []])
})
