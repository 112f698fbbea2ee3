// Passwords: made with argon2id, checked under whatever digest a migrated user brought that can be checked.

import { hash, verify } from '@node-rs/argon2'

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'

/** Hashers a migrated digest may come from. */
export const knownHashers = ['argon2i', 'argon2id'] as const

export type PasswordHasher = (typeof knownHashers)[number]

const shortest = 8
const longest = 72

/** Refuses a password that is shorter than 8 or longer than 72 characters (UTF-16 units). */
export function requireAcceptablePassword(password: string): void {
  if (password.length < shortest) throw new ClerkRefusal('form_password_length_too_short', { least: shortest })
  if (password.length > longest) throw new ClerkRefusal('form_password_length_too_long', { most: longest })
}

/** An argon2id digest, with the parameters OWASP asks for at the least (19 MiB, two passes, one lane). */
export function digestPassword(password: string): Promise<string> {
  return hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
}

/** Refuses a digest that is not in the PHC form of its hasher. */
export function requireDigest(hasher: PasswordHasher, digest: string): void {
  const form = new RegExp(String.raw`^\$${hasher}\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+=*\$[A-Za-z0-9+/]+=*$`)
  if (!form.test(digest)) throw new ClerkRefusal('form_password_digest_invalid_code', { hasher })
}

/** True when the password is the digest's. */
export async function passwordMatches(digest: string, password: string): Promise<boolean> {
  return verify(digest, password)
}
