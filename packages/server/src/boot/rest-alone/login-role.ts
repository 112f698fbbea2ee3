// Who the stand-alone door signs in as, as far as the connection string and the environment say.

import { userInfo } from 'node:os'

/** The user of a connection string; without one PGUSER, else the operating system's user, as libpq has it. */
export function loginRole(uri: string): string {
  const url = URL.canParse(uri) ? new URL(uri) : null
  const named = url === null || url.username === '' ? url?.searchParams.get('user') : decodeURIComponent(url.username)
  return named ?? process.env['PGUSER'] ?? userInfo().username
}
