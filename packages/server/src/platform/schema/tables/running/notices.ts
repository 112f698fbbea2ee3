// What Postgres mentions by the way.

import type { PlatformSession } from '../../../database/platform-database.ts'

/** The lines of the notices that came while `work` was under way, those of their details where they have some. */
export async function noticesOf(session: PlatformSession, work: () => Promise<void>): Promise<readonly string[]> {
  const lines: string[] = []
  const listen = ({
    message,
    detail,
  }: {
    readonly message?: string | undefined
    readonly detail?: string | undefined
  }) => {
    lines.push(...(detail ?? message ?? '').split('\n'))
  }
  session.client.on('notice', listen)
  try {
    await work()
    return lines
  } finally {
    session.client.off('notice', listen)
  }
}
