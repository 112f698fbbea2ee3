import { createHmac } from 'node:crypto'

import { createClerkClient } from '@clerk/backend'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { type RunningStack, startStack } from '../running-stack.ts'
import { clientOf, subscribe, type Version, versions } from './clients.ts'
import { openRaw } from './raw-socket.ts'

/** Seconds that a channel outlives its token. */
const GRACE = 3
/** Tests that run beside each other have no `expect.poll`. */
const PATIENCE = { timeout: 10_000 }

let stack: RunningStack
let userId: string

beforeAll(async () => {
  stack = await startStack({ files: { 'supabase/config.toml': `[realtime]\ntoken_grace = ${GRACE}\n` } })
  const clerk = createClerkClient({ secretKey: stack.line('CLERK_SECRET_KEY'), apiUrl: stack.line('CLERK_API_URL') })
  userId = (await clerk.users.createUser({ emailAddress: ['eve@example.com'], skipPasswordRequirement: true })).id
})
afterAll(async () => await stack[Symbol.asyncDispose]())

/** A session token of the built-in Clerk instance that lives this long. */
async function clerkToken(seconds: number): Promise<string> {
  const answer = await fetch(`${stack.line('CLERK_API_URL')}/v1/instance/forged_tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.line('CLERK_SECRET_KEY')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: userId, expires_in_seconds: seconds }),
  })
  return ((await answer.json()) as { jwt: string }).jwt
}

function ownToken(claims: object, secret = stack.line('JWT_SECRET')): string {
  const body = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}

const now = (): number => Math.floor(Date.now() / 1000)
const connect = (version: Version, options = {}) =>
  clientOf(version, stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), options)

/** Clerk's SDK in short: a token is kept for half its life, then another is asked for. `made` are all of them. */
function freshTokens(seconds: number): {
  readonly made: Promise<string>[]
  readonly accessToken: () => Promise<string>
} {
  const made: Promise<string>[] = []
  let until = 0
  const accessToken = async (): Promise<string> => {
    if (Date.now() >= until) {
      made.push(clerkToken(seconds))
      until = Date.now() + seconds * 500
    }
    return (await made.at(-1)) ?? ''
  }
  return { made, accessToken }
}

test.concurrent('supabase-js with Clerk’s tokens stays on its channel through several lives of one', async () => {
  const { made, accessToken } = freshTokens(2)
  const supabase = createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), {
    accessToken,
    realtime: { heartbeatIntervalMs: 300 },
  })
  const { statuses, notices } = subscribe(supabase.channel('mine'))
  await vi.waitFor(() => expect(statuses).toEqual(['SUBSCRIBED']), PATIENCE)
  await vi.waitFor(() => expect(made.length).toBe(7), PATIENCE)
  expect([statuses, notices]).toEqual([['SUBSCRIBED'], []])
  await supabase.removeAllChannels()
})

describe.concurrent.each(versions)('realtime-js %s', (version) => {
  test('is told that its token has expired, and is back with another', async () => {
    const client = connect(version)
    await client.setAuth(await clerkToken(1))
    const first = subscribe(client.channel('mine'))
    await vi.waitFor(() => expect(first.statuses).toEqual(['SUBSCRIBED', 'CLOSED']), PATIENCE)
    expect(first.notices).toEqual([expect.stringMatching(/^Token has expired [1-9] seconds ago$/)])
    await client.setAuth(await clerkToken(60))
    const second = subscribe(client.channel('mine'))
    await vi.waitFor(() => expect(second.statuses).toEqual(['SUBSCRIBED']), PATIENCE)
    await client.disconnect()
  })

  test('lives on with another token, shown in time', async () => {
    const token = await clerkToken(2)
    const [renewing, forgetful] = [connect(version), connect(version)]
    for (const client of [renewing, forgetful]) await client.setAuth(token)
    const [renewed, forgotten] = [subscribe(renewing.channel('mine')), subscribe(forgetful.channel('mine'))]
    await vi.waitFor(
      () => expect([renewed.statuses, forgotten.statuses]).toEqual([['SUBSCRIBED'], ['SUBSCRIBED']]),
      PATIENCE,
    )
    await renewing.setAuth(await clerkToken(60))
    await vi.waitFor(() => expect(forgotten.statuses).toEqual(['SUBSCRIBED', 'CLOSED']), PATIENCE)
    expect(renewed.statuses).toEqual(['SUBSCRIBED'])
    for (const client of [renewing, forgetful]) await client.disconnect()
  })
})

describe.each(versions)('realtime-js %s', (version) => {
  test.each([
    ['expired', () => ownToken({ role: 'authenticated', exp: now() - 5 }), /InvalidJWTToken: Token has expired \d+ s/],
    ['without end', () => ownToken({ role: 'authenticated' }), /InvalidJWTToken: Fields `role` and `exp` are required/],
    ['no token', () => 'hello', /MalformedJWT: The token provided is not a valid JWT/],
    [
      'of another secret',
      () => ownToken({ role: 'authenticated', exp: now() + 60 }, 'x'.repeat(40)),
      /JwtSignatureError: Failed to validate JWT signature/,
    ],
    ['of a reserved role', () => ownToken({ role: 'postgres', exp: now() + 60 }), /InvalidJWTToken: The role postgres/],
  ])('is refused with a token that is %s', async (_what, token, reason) => {
    const client = connect(version)
    await client.setAuth(token())
    const { statuses, errors } = subscribe(client.channel('mine'))
    await expect.poll(() => statuses).toContain('CHANNEL_ERROR')
    expect(errors[0]).toMatch(reason)
    await client.removeAllChannels()
  })
})

test('a token without a role joins as REST would have it', async () => {
  const client = connect('2.119')
  await client.setAuth(ownToken({ sub: 'somebody', exp: now() + 60 }))
  const { statuses } = subscribe(client.channel('mine'))
  await expect.poll(() => statuses).toEqual(['SUBSCRIBED'])
  await client.disconnect()
})

test('a forged token that is shown later ends the channel by name', async () => {
  const { say, heard, socket } = await openRaw(stack.line('API_URL'), {
    apikey: stack.line('PUBLISHABLE_KEY'),
    vsn: '2.0.0',
  })
  say(['1', '1', 'realtime:x', 'phx_join', { access_token: await clerkToken(60) }])
  await expect.poll(() => heard.length).toBe(1)
  for (const token of [null, 'sb_publishable_x']) say(['1', '2', 'realtime:x', 'access_token', { access_token: token }])
  const forged = ownToken({ role: 'authenticated', exp: now() + 60 }, 'x'.repeat(40))
  say(['1', '3', 'realtime:x', 'access_token', { access_token: forged }])
  await expect.poll(() => heard.length).toBe(3)
  const message = 'Failed to validate JWT signature'
  expect(heard.slice(1)).toEqual([
    ['1', null, 'realtime:x', 'system', { extension: 'system', status: 'error', message, channel: 'x' }],
    ['1', '1', 'realtime:x', 'phx_close', {}],
  ])
  socket.close()
})

test('a key that has expired opens no socket', async () => {
  const apikey = ownToken({ role: 'anon', exp: now() - 100 })
  await expect(openRaw(stack.line('API_URL'), { apikey })).rejects.toThrow(
    /^401 {"error":"Token has expired \d+ seconds/,
  )
})
