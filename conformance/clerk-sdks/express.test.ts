// @clerk/express, unmodified, in front of an Express app: bearer tokens, the handshake of a document, and refusals.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createClerkClient } from '@clerk/backend'
import express from 'express'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { type RunningStack, startStack } from '../running-stack.ts'

let stack: RunningStack
let server: Server
let app: string

beforeAll(async () => {
  stack = await startStack()
  vi.stubEnv('CLERK_PUBLISHABLE_KEY', stack.line('CLERK_PUBLISHABLE_KEY'))
  vi.stubEnv('CLERK_SECRET_KEY', stack.line('CLERK_SECRET_KEY'))
  vi.stubEnv('CLERK_API_URL', stack.line('CLERK_API_URL'))
  vi.stubEnv('CLERK_PROXY_URL', stack.line('CLERK_FRONTEND_API_URL'))
  vi.stubEnv('CLERK_TELEMETRY_DISABLED', '1')
  // The SDK reads its environment when it is loaded.
  const { clerkMiddleware, getAuth } = await import('@clerk/express')
  const api = express()
  api.use(clerkMiddleware())
  api.get('/me', (request, response) => {
    const { userId, orgRole, isAuthenticated, has } = getAuth(request)
    if (!isAuthenticated) response.status(401).json({ error: 'signed out' })
    else response.json({ userId, orgRole, admin: has({ role: 'org:admin' }) })
  })
  server = api.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  app = `http://localhost:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  vi.unstubAllEnvs()
  server.close()
  await stack[Symbol.asyncDispose]()
})

async function adminToken(): Promise<{ userId: string; token: string }> {
  const clerk = createClerkClient({ secretKey: stack.line('CLERK_SECRET_KEY'), apiUrl: stack.line('CLERK_API_URL') })
  const user = await clerk.users.createUser({
    emailAddress: [`${crypto.randomUUID()}@example.com`],
    password: 'correct horse',
  })
  await clerk.organizations.createOrganization({ name: 'Acme', createdBy: user.id })
  const session = await clerk.sessions.createSession({ userId: user.id })
  return { userId: user.id, token: (await clerk.sessions.getToken(session.id)).jwt }
}

test('a bearer token is its user, with the role in the active organization', async () => {
  const { userId, token } = await adminToken()
  const answer = await fetch(`${app}/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(await answer.json()).toEqual({ userId, orgRole: 'org:admin', admin: true })
})

test('a token that was changed is nobody’s', async () => {
  const { token } = await adminToken()
  const [header, payload, signature] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as object
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'user_somebody_else' })).toString('base64url')
  const answer = await fetch(`${app}/me`, { headers: { authorization: `Bearer ${header}.${forged}.${signature}` } })
  expect(answer.status).toBe(401)
})

test('a document without a dev browser makes the handshake and comes back signed out, with its cookies', async () => {
  const document = { redirect: 'manual', headers: { accept: 'text/html', 'sec-fetch-dest': 'document' } } as const
  const away = await fetch(`${app}/me`, document)
  expect(away.status).toBe(307)
  const handshake = new URL(away.headers.get('location') ?? '')
  expect(handshake.href).toContain(`${stack.line('CLERK_FRONTEND_API_URL')}/v1/client/handshake?`)
  const back = await fetch(handshake, { redirect: 'manual' })
  const resolved = await fetch(back.headers.get('location') ?? '', document)
  expect(resolved.status).toBe(307)
  const cookies = resolved.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
  expect(cookies).toContain('__client_uat=0')
  const home = await fetch(resolved.headers.get('location') ?? '', {
    ...document,
    headers: { ...document.headers, cookie: cookies.filter((cookie) => !cookie.endsWith('=')).join('; ') },
  })
  expect(home.status).toBe(401)
  expect(home.headers.get('x-clerk-auth-status')).toBe('signed-out')
})
