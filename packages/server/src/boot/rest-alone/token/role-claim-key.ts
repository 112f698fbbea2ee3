// `jwt-role-claim-key` in either of its notations, JSON Path (RFC 9535) or PostgREST's own older one.

import { parseRolePath, type RolePath } from './role-path.ts'

export interface RoleClaimKey {
  readonly find: RolePath
  /** As it is shown: the older notation with every name in quotes. */
  readonly written: string
  /** In the older notation, which PostgREST means to give up. */
  readonly deprecated: boolean
}

const bareName = /\.([\p{L}\p{N}_$@]+)|("[^"]*")/gu

/** Throws SyntaxError for a text that is neither. */
export function parseRoleClaimKey(text: string): RoleClaimKey {
  const deprecated = !text.startsWith('$')
  return { find: parseRolePath(text), written: deprecated ? text.replaceAll(bareName, quote) : text, deprecated }
}

function quote(whole: string, name: string | undefined): string {
  return name === undefined ? whole : `."${name}"`
}
