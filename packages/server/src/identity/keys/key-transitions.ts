// Which way a signing key may go: standby → in use → previously used → revoked, and back to standby from the last two.

import type { OwnKeyState } from './signing-keys.ts'

export type KeyTransition = 'rotate' | 'revoke' | 'standby' | 'delete'

const from: Readonly<Record<KeyTransition, readonly OwnKeyState[]>> = {
  rotate: ['standby'],
  revoke: ['standby', 'previously_used'],
  standby: ['previously_used', 'revoked'],
  delete: ['standby', 'revoked'],
}

const needs: Readonly<Record<KeyTransition, string>> = {
  rotate: 'only a key on standby can be put to use',
  revoke: 'only a key on standby or one used previously can be revoked',
  standby: 'only a key used previously or a revoked one can return to standby',
  delete: 'only a key on standby or a revoked one can be deleted',
}

const words: Readonly<Record<OwnKeyState, string>> = {
  standby: 'on standby',
  in_use: 'in use',
  previously_used: 'previously used, and still trusted',
  revoked: 'revoked',
}

/** Why a key in this state cannot go this way; null where it can. */
export function whyNot(transition: KeyTransition, state: OwnKeyState): string | null {
  return from[transition].includes(state) ? null : `it is ${words[state]}; ${needs[transition]}`
}
