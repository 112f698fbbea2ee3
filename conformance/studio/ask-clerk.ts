// The default instance's Backend API, as a server of the tests' own asks it.

import { decodeJwt, type JWTPayload } from 'jose'

import type { Studio } from './open-studio.ts'

/** What the Backend API answers. Throws its refusal. */
export async function askClerk<Answer>(studio: Studio, method: string, path: string, body?: object): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${studio.stack.line('CLERK_SECRET_KEY')}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const answer = await fetch(`${studio.stack.line('CLERK_API_URL')}/v1${path}`, init)
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as Answer
}

/** The id of a new user. */
export async function createUser(studio: Studio, name: string, more: object = {}): Promise<string> {
  const body = { email_address: [`${name}@example.com`], first_name: name, skip_password_requirement: true, ...more }
  return (await askClerk<{ id: string }>(studio, 'POST', '/users', body)).id
}

/** A token of a new session, by template where one is named. */
export async function tokenOf(studio: Studio, userId: string, template?: string): Promise<string> {
  const session = await askClerk<{ id: string }>(studio, 'POST', '/sessions', { user_id: userId })
  const path = `/sessions/${session.id}/tokens${template === undefined ? '' : `/${template}`}`
  return (await askClerk<{ jwt: string }>(studio, 'POST', path)).jwt
}

/** The claims of a new session token. */
export async function claimsOf(studio: Studio, userId: string): Promise<JWTPayload> {
  return decodeJwt(await tokenOf(studio, userId))
}
