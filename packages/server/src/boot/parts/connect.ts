// Connections as the engine describes them, in the form the pool and the listener take.

import type { ConnectionSettings } from '../../database/engines/engine.ts'
import type { ConnectionOptions } from '../../database/pool/connection-options.ts'

/** The same place and login, for `openDatabase` and `listen`. */
export function connectionOptions(settings: ConnectionSettings): ConnectionOptions {
  const { ssl, ...place } = settings
  return { ...place, ...(ssl !== undefined && { tls: ssl }) }
}
