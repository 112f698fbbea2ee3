// Passwords: made with argon2id, checked under whatever digest a migrated user brought that can be checked.

import { hash } from '@node-rs/argon2'

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { argon2i, argon2id } from './hashers/argon2.ts'
import { bcrypt, bcryptPeppered, bcryptSha256Django } from './hashers/bcrypt.ts'
import type { Hasher } from './hashers/hasher.ts'
import { pbkdf2Sha1, pbkdf2Sha256, pbkdf2Sha256Django, pbkdf2Sha512, pbkdf2Sha512Hex } from './hashers/pbkdf2.ts'
import { md5Phpass, phpass } from './hashers/phpass.ts'
import { ldapSsha, md5, md5Salted, sha256, sha256Salted, sha512Symfony } from './hashers/plain-hashes.ts'
import { scryptFirebase, scryptWerkzeug } from './hashers/scrypt.ts'
import { inTurn } from './in-turn.ts'

/** Hashers by Clerk's names. `awscognito` is missing: its digests can only be checked by asking Amazon. */
const hashers = {
  argon2i,
  argon2id,
  bcrypt,
  bcrypt_peppered: bcryptPeppered,
  bcrypt_sha256_django: bcryptSha256Django,
  ldap_ssha: ldapSsha,
  md5,
  md5_phpass: md5Phpass,
  md5_salted: md5Salted,
  pbkdf2_sha1: pbkdf2Sha1,
  pbkdf2_sha256: pbkdf2Sha256,
  pbkdf2_sha256_django: pbkdf2Sha256Django,
  pbkdf2_sha512: pbkdf2Sha512,
  pbkdf2_sha512_hex: pbkdf2Sha512Hex,
  phpass,
  scrypt_firebase: scryptFirebase,
  scrypt_werkzeug: scryptWerkzeug,
  sha256,
  sha256_salted: sha256Salted,
  sha512_symfony: sha512Symfony,
} as const satisfies Readonly<Record<string, Hasher>>

export type PasswordHasher = keyof typeof hashers

/** Hashers a migrated digest may come from. */
export const knownHashers = Object.keys(hashers) as readonly PasswordHasher[]

/** What our own digests are made with. */
export const ownHasher = 'argon2id'

/** A digest and how it was made. */
export interface StoredPassword {
  readonly digest: string
  readonly hasher: string
}

const shortest = 8
const longest = 72

/** Refuses a password that is shorter than 8 (or what the instance asks for) or longer than 72 characters (UTF-16 units). */
export function requireAcceptablePassword(password: string, least = shortest, param = 'password'): void {
  if (password.length < least) throw new ClerkRefusal('form_password_length_too_short', { param, least })
  if (password.length > longest) throw new ClerkRefusal('form_password_length_too_long', { param, most: longest })
}

/** An argon2id digest, with the parameters OWASP asks for at the least (19 MiB, two passes, one lane). */
export function digestPassword(password: string): Promise<string> {
  return inTurn(async () => await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }))
}

/** Refuses a digest that is not in the form of its hasher. */
export function requireDigest(hasher: PasswordHasher, digest: string): void {
  if (!hashers[hasher].form.test(digest)) throw new ClerkRefusal('form_password_digest_invalid_code', { hasher })
}

/** True when the password is the digest's. Whoever checks a person's password calls `checkPassword` of directory/. */
export async function passwordMatches({ digest, hasher }: StoredPassword, password: string): Promise<boolean> {
  const known = knownHashers.find((candidate) => candidate === hasher)
  if (known === undefined) return false
  return await inTurn(async () => await hashers[known].matches(digest, password))
}
