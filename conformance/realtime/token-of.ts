// Tokens that people of a project show.

import { SignJWT } from 'jose'

import type { RunningStack } from '../running-stack.ts'

/** A token of the project's own secret, as an older JWT template of Clerk's makes it. */
export async function tokenOf(stack: RunningStack, claims: Readonly<Record<string, unknown>>): Promise<string> {
  return await new SignJWT({ role: 'authenticated', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(stack.line('JWT_SECRET')))
}
