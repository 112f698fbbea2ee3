// Tokens as an older JWT template of Clerk's makes them: signed with the project's own secret.

import { SignJWT } from 'jose'

/** Ends after so many seconds. */
export async function tokenFor(secret: string, sub: string, seconds: number): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return await new SignJWT({ role: 'authenticated', sub })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(new TextEncoder().encode(secret))
}
