// The development mailbox, opened before whoever sends to it.

import type { Logger } from 'pino'

import { createMailboxServer } from '../../mailbox/create-mailbox-server.ts'
import type { MailboxConfig } from '../config/project-config.ts'
import { isLoopback } from '../config/read-project-config.ts'
import { urlHost } from './url-host.ts'

export interface OpenMailbox {
  readonly url: string
  close(): Promise<void>
}

/** Starts it, or nothing where the configuration says so. Rejects with EADDRINUSE where the port is taken. */
export async function openMailbox({ enabled, host, port }: MailboxConfig, log: Logger): Promise<OpenMailbox | null> {
  if (!enabled) return null
  const app = createMailboxServer({ localOnly: isLoopback(host), logger: log })
  await app.listen({ host, port })
  return { url: `http://${urlHost(host)}:${port}`, close: async () => await app.close() }
}
