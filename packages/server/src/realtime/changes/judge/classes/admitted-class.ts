// A class while somebody holds it: its values, and one of its identities in whose name Postgres can be asked.

import { createHash } from 'node:crypto'

import type { Identity } from '../../../../identity/identity.ts'
import type { Value } from '../evaluating/class-values.ts'
import type { ClaimsClass } from '../judge.ts'
import type { RoleProgram } from '../programs/role-program.ts'

export interface AdmittedClass {
  readonly claimsClass: ClaimsClass
  readonly program: RoleProgram
  /** Empty where one of them cannot be read under the claims: then nothing is seen. */
  readonly values: readonly Value[]
  /** Of the identity admitted last. */
  claimsJson: string
  /** How often it was admitted and not yet released. */
  holders: number
  /** The last question put in its name failed; the next is put apart from others', which would fail with it. */
  hasFailed: boolean
}

/** The claims do not stand in it readably. */
export function classKey(program: RoleProgram, values: readonly Value[] | null, identity: Identity): string {
  if (program.kind !== 'policies') return `${program.role} ${program.kind}`
  const who = program.isByIdentity ? identity.claimsJson : null
  const told = JSON.stringify([program.fingerprint, who, values?.map(printable) ?? null])
  return `${program.role} ${createHash('sha256').update(told).digest('base64url')}`
}

function printable(value: Value): unknown {
  if (typeof value === 'object' && value !== null) return [[...value.texts].sort(), value.hasNull]
  return value
}
