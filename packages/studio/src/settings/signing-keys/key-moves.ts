// What may be done with a key in its state, and what is said before and after.

import type { KeyMove, SigningKey } from '../queries.ts'

interface Move {
  readonly action: string
  readonly title: string
  readonly body: string
  readonly done: string
  readonly danger: boolean
}

export const moves: Readonly<Record<KeyMove, Move>> = {
  rotate: {
    action: 'Rotate keys',
    title: 'Rotate to this key?',
    body: 'It signs from now on. The key in use stays trusted as a previously used one, so that no token is lost.',
    done: 'Rotated. The key signs from now on.',
    danger: false,
  },
  revoke: {
    action: 'Revoke key',
    title: 'Revoke this key?',
    body: 'Every token that it signed is refused at once. Wait until the last of them has expired: their lifetime and 15 minutes more.',
    done: 'Revoked. Tokens that it signed are refused.',
    danger: true,
  },
  standby: {
    action: 'Move to standby key',
    title: 'Move this key back to standby?',
    body: 'Its public half is published and tokens that it signed are trusted again; it signs once you rotate to it.',
    done: 'The key is on standby.',
    danger: false,
  },
  delete: {
    action: 'Delete key',
    title: 'Delete this key?',
    body: 'Its private half is gone for good.',
    done: 'Deleted.',
    danger: true,
  },
}

const possible: Readonly<Record<SigningKey['state'], readonly KeyMove[]>> = {
  standby: ['rotate', 'revoke', 'delete'],
  in_use: [],
  previously_used: ['standby', 'revoke'],
  revoked: ['standby', 'delete'],
}

/** The JWT secret is neither revoked nor deleted. */
export function movesOf({ state, legacy }: SigningKey): readonly KeyMove[] {
  return possible[state].filter((move) => !legacy || move === 'rotate' || move === 'standby')
}
