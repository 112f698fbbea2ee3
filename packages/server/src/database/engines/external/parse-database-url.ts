// Reads a `postgresql://` address into connection settings, the way libpq does for the parts that we use.

import { Refusal } from '../../../refusal/refusal.ts'
import type { ConnectionSettings } from '../engine.ts'

/** Refuses with `engine.address-invalid` what is no such address. `sslmode` decides on TLS; without it there is none. */
export function parseDatabaseUrl(text: string): ConnectionSettings {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) throw invalidAddress()
  const user = decoded(url.username) || (url.searchParams.get('user') ?? 'postgres')
  return {
    host: url.searchParams.get('host') ?? (url.hostname === '' ? '127.0.0.1' : url.hostname.replace(/^\[|\]$/g, '')),
    port: Number(url.port || (url.searchParams.get('port') ?? '5432')),
    user,
    password: decoded(url.password) || (url.searchParams.get('password') ?? ''),
    database: decoded(url.pathname.slice(1)) || user,
    ...tlsFor(url.searchParams.get('sslmode')),
  }
}

/** `require` encrypts without asking who answers; the verifying modes ask. */
function tlsFor(mode: string | null): Pick<ConnectionSettings, 'ssl'> {
  if (mode === 'verify-ca' || mode === 'verify-full') return { ssl: { rejectUnauthorized: true } }
  if (mode === 'require') return { ssl: { rejectUnauthorized: false } }
  return {}
}

/** A password with a bare percent sign is no text in an address. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    throw invalidAddress(error)
  }
}

function invalidAddress(cause?: unknown): Refusal<'engine.address-invalid'> {
  const fix =
    'Write it as postgresql://user:password@host:5432/database; in a password, % is written %25, @ is %40, / is %2F, ' +
    '# is %23 and ? is %3F.'
  return new Refusal('engine.address-invalid', {}, { fix, cause })
}
