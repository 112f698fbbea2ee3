// libpq's default `sslmode`: TLS where the server offers it, else without.

import { connect } from 'node:net'
import type { ConnectionTarget } from './connection-target.ts'

/** SSLRequest (https://www.postgresql.org/docs/current/protocol-message-formats.html): its length and its code. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
/** Milliseconds. */
const patience = 2_000

/** The target with TLS where it prefers that and the server offers it. A server that is away counts as offering none. */
export async function withPreferredTls(target: ConnectionTarget): Promise<ConnectionTarget> {
  if (!target.prefersTls || target.host.startsWith('/') || !(await offersTls(target))) return target
  return { ...target, tls: { rejectUnauthorized: false } }
}

function offersTls({ host, port }: ConnectionTarget): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patience })
    const settle = (offered: boolean): void => {
      socket.destroy()
      resolve(offered)
    }
    socket.once('connect', () => socket.write(sslRequest))
    socket.once('data', (answer) => settle(answer.toString('latin1', 0, 1) === 'S'))
    for (const event of ['error', 'timeout', 'close'] as const) socket.once(event, () => settle(false))
  })
}
