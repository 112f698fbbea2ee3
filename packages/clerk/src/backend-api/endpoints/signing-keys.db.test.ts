import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../../start-clerk.ts'
import { parseSeed } from '../../state/seed/parse-seed.ts'

const secretKey = 'sk_test_of_signing_keys'
const seed = parseSeed({ users: [{ email_address: 'ada@example.com', external_id: 'ada' }] })

let database: TestDatabase
let clerk: RunningClerk

beforeAll(async () => {
  database = await createTestDatabase()
  const instance = { name: 'default', domain: 'keys.local.clerk.accounts.dev', secretKey, seed }
  clerk = await startClerk({ databaseUrl: database.url('tenon_clerk'), port: 0, instances: [instance] })
})
afterAll(async () => {
  await clerk.stop()
  await database.drop()
})

interface SigningKey {
  readonly id: string
  readonly current: boolean
  readonly public_key: string
}

async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  return (await (await fetch(`${clerk.instance().backendApiUrl}/v1${path}`, init)).json()) as Answer
}

async function mint(): Promise<string> {
  const [user] = await ask<{ id: string }[]>('GET', '/users?external_id=ada')
  const session = await ask<{ id: string }>('POST', '/sessions', { user_id: user?.id })
  return (await ask<{ jwt: string }>('POST', `/sessions/${session.id}/tokens`)).jwt
}

/** Verifies with the keys that are published now, as every reader of the key set does. */
async function verify(jwt: string): Promise<string | undefined> {
  const keySet = (await (await fetch(clerk.instance().jwksUrl)).json()) as JSONWebKeySet
  return (await jwtVerify(jwt, createLocalJWKSet(keySet))).protectedHeader.kid
}

test('tokens of the key before a rotation verify until it is retired, and the key set lists both till then', async () => {
  const { data } = await ask<{ data: SigningKey[] }>('GET', '/instance/signing_keys')
  const [first] = data
  const before = await mint()
  const rotated = await ask<SigningKey>('POST', '/instance/signing_keys/rotate')
  expect(rotated).toMatchObject({ object: 'signing_key', algorithm: 'RS256', current: true })
  expect(await clerk.instance().jwtKey()).toBe(rotated.public_key)
  const after = await mint()
  expect([await verify(before), await verify(after)]).toEqual([first?.id, rotated.id])
  const listed = await ask<{ data: SigningKey[]; total_count: number }>('GET', '/instance/signing_keys')
  expect(listed).toMatchObject({ data: [rotated, { id: first?.id, current: false }], total_count: 2 })
  expect(await ask('DELETE', `/instance/signing_keys/${first?.id}`)).toMatchObject({ id: first?.id, deleted: true })
  await expect(verify(before)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
  expect(await verify(after)).toBe(rotated.id)
})

test('the key that signs cannot be retired, nor one that is not there', async () => {
  const { data } = await ask<{ data: SigningKey[] }>('GET', '/instance/signing_keys')
  expect(await ask('DELETE', `/instance/signing_keys/${data[0]?.id}`)).toMatchObject({
    errors: [{ code: 'signing_key_current' }],
  })
  expect(await ask('DELETE', '/instance/signing_keys/ins_unknown')).toMatchObject({
    errors: [{ code: 'resource_not_found' }],
  })
})

test('private halves are in no answer', async () => {
  expect(JSON.stringify(await ask('GET', '/instance/signing_keys'))).not.toContain('PRIVATE')
})
