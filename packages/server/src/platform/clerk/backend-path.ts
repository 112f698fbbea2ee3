// Which address of the Backend API a request below `/clerk/<instance>/` is for.

import { Refusal } from '../../refusal/refusal.ts'

const BELOW = /\/clerk\/[^/?]+\/([^?]*)(\?.*)?$/s

/**
 * The path below `/v1` with its query, as it was written. Refuses `platform.clerk-path` where it would lead elsewhere: a
 * dot segment in any spelling, an empty one, a backslash, or what no one can decode.
 */
export function backendPath(url: string): string {
  const [, path = '', query = ''] = BELOW.exec(url) ?? []
  if (path === '' || !path.split('/').every(isPlain)) throw new Refusal('platform.clerk-path', { path })
  return path + query
}

function isPlain(segment: string): boolean {
  try {
    const decoded = decodeURIComponent(segment)
    return decoded !== '' && decoded !== '.' && decoded !== '..' && !/[/\\\p{Cc}]/u.test(decoded)
  } catch {
    return false
  }
}
