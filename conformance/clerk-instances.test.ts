// A stack with three instances, each with people, settings and keys of its own, through @clerk/backend.

import { rmSync } from 'node:fs'

import { createClerkClient, verifyToken } from '@clerk/backend'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { projectFolder, type RunningStack, startStack, tenon } from './running-stack.ts'

const CONFIG = `
project_id = "several"
[clerk.instances.shop]
profile = "custom-roles"
seed_path = "shop.json"
session_claims = { tenant = "shop" }
[clerk.instances.legacy]
profile = "v1-tokens"
connected_to_supabase = false
authentication = { first_name = "required" }
`
const SEED = JSON.stringify({
  users: [{ email_address: 'ada@shop.example', external_id: 'ada' }],
  organizations: [{ name: 'Till', slug: 'till', members: [{ user: 'ada', role: 'org:viewer' }] }],
})

type Variables = Readonly<Record<string, string>>

let stack: RunningStack
let instances: Readonly<Record<string, Variables>>

beforeAll(async () => {
  const folder = projectFolder({ 'supabase/config.toml': CONFIG, 'supabase/shop.json': SEED })
  stack = await startStack({ folder })
  instances = {
    default: stack.lines,
    ...(JSON.parse(stack.line('CLERK_INSTANCES')) as Record<string, Variables>),
  }
})
afterAll(async () => {
  await stack.stop()
  rmSync(stack.folder, { recursive: true, force: true })
})

function variable(instance: string, name: string): string {
  return instances[instance]?.[name] ?? ''
}

function clerkOf(instance: string) {
  return createClerkClient({
    secretKey: variable(instance, 'CLERK_SECRET_KEY'),
    publishableKey: variable(instance, 'CLERK_PUBLISHABLE_KEY'),
    apiUrl: variable(instance, 'CLERK_API_URL'),
    telemetry: { disabled: true },
  })
}

/** Somebody signed in on an instance, as her token says. */
async function signIn(instance: string, address: string): Promise<{ token: string; userId: string }> {
  const clerk = clerkOf(instance)
  const { data } = await clerk.users.getUserList({ emailAddress: [address] })
  const user = data[0] ?? (await clerk.users.createUser({ emailAddress: [address], firstName: 'Somebody' }))
  const session = await clerk.sessions.createSession({ userId: user.id })
  return { token: (await clerk.sessions.getToken(session.id)).jwt, userId: user.id }
}

async function readTasks(token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, apikey: stack.line('PUBLISHABLE_KEY') }
  return (await fetch(`${stack.line('REST_URL')}/tasks`, { headers })).status
}

const verify = (instance: string, token: string) =>
  verifyToken(token, {
    secretKey: variable(instance, 'CLERK_SECRET_KEY'),
    apiUrl: variable(instance, 'CLERK_API_URL'),
    skipJwksCache: true,
  })

describe('three instances of one server', () => {
  test('have a key pair, an issuer and addresses each', async () => {
    const keys = Object.values(instances).map((lines) => lines['CLERK_PUBLISHABLE_KEY'])
    expect(new Set(keys).size).toBe(3)
    expect(variable('shop', 'CLERK_FRONTEND_API_URL')).toBe(
      `${variable('default', 'CLERK_FRONTEND_API_URL')}/instances/shop`,
    )
    const { iss } = await verify('shop', (await signIn('shop', 'ada@shop.example')).token)
    expect(iss).toBe('https://shop.several.local.clerk.accounts.dev')
  })

  test('verify their own tokens and nobody else’s', async () => {
    const { token, userId } = await signIn('shop', 'ada@shop.example')
    expect(await verify('shop', token)).toMatchObject({ sub: userId })
    await expect(verify('legacy', token)).rejects.toMatchObject({ reason: 'jwk-kid-mismatch' })
  })

  test('have people of their own, whom the other’s key does not find', async () => {
    const { userId } = await signIn('legacy', 'eve@legacy.example')
    await expect(clerkOf('shop').users.getUser(userId)).rejects.toMatchObject({ status: 404 })
    expect(await clerkOf('shop').users.getCount({ emailAddress: ['eve@legacy.example'] })).toBe(0)
  })

  test('have the settings of their profile and their own', async () => {
    const shop = await verify('shop', (await signIn('shop', 'ada@shop.example')).token)
    expect(shop).toMatchObject({ v: 2, tenant: 'shop', role: 'authenticated', o: { rol: 'viewer', per: 'read' } })
    const legacy = await verify('legacy', (await signIn('legacy', 'eve@legacy.example')).token)
    expect(legacy).not.toHaveProperty('v')
    expect(legacy).not.toHaveProperty('role')
  })

  test('are believed by the API where they are connected, and nowhere else', async () => {
    expect(await readTasks((await signIn('shop', 'ada@shop.example')).token)).toBe(200)
    expect(await readTasks((await signIn('legacy', 'eve@legacy.example')).token)).toBe(401)
  })

  test('are shown by `tenon status`, one at a time where asked', async () => {
    const { stdout } = await tenon(stack.folder, 'status', '--instance', 'shop', '-o', 'json')
    expect(JSON.parse(stdout)).toMatchObject({ API_URL: stack.line('API_URL'), ...instances['shop'] })
    await expect(tenon(stack.folder, 'status', '--instance', 'nobody')).rejects.toMatchObject({ code: 1 })
    expect((await tenon(stack.folder, 'status')).stdout).toContain('Clerk publishable key of legacy')
  })
})

test('keys that were made are the same after a restart', async () => {
  await stack.stop()
  const again = await startStack({ folder: stack.folder })
  try {
    const others = JSON.parse(again.line('CLERK_INSTANCES')) as Record<string, Variables>
    expect(others['shop']?.['CLERK_SECRET_KEY']).toBe(variable('shop', 'CLERK_SECRET_KEY'))
    expect(again.line('CLERK_SECRET_KEY')).toBe(stack.line('CLERK_SECRET_KEY'))
  } finally {
    await again.stop()
  }
})
