// Studio: its page and who may open it, in front of the API's own handlers.

import type { RequestListener } from 'node:http'

import type { Logger } from 'pino'

import { createStudioAccess, type StudioAccess } from '../../studio/access/studio-access.ts'
import { createStudioServer } from '../../studio/create-studio-server.ts'
import { cookieName } from '../../studio/guard/session-cookie.ts'
import type { StudioConfig } from '../config/project-config.ts'
import type { StackFacts } from '../running/stack-facts.ts'
import { urlHost } from './url-host.ts'

/** What is known of Studio before it listens. */
export interface StudioEntrance {
  readonly url: string
  readonly access: StudioAccess
  /** A link that signs in once, and when it ends in Unix milliseconds. */
  createLink(): { readonly url: string; readonly expiresAt: number }
}

/** Null where the configuration says that there is none. */
export function studioEntrance({ enabled, host, port, password }: StudioConfig): StudioEntrance | null {
  if (!enabled) return null
  const url = `http://${urlHost(host)}:${port}`
  const access = createStudioAccess(password, () => Date.now())
  return {
    url,
    access,
    createLink() {
      const { code, expiresAt } = access.createCode()
      return { url: `${url}/sign-in?code=${code}`, expiresAt: expiresAt }
    },
  }
}

interface StudioParts {
  readonly config: StudioConfig
  readonly entrance: StudioEntrance
  readonly api: RequestListener
  readonly facts: StackFacts
  readonly log: Logger
}

/** Starts the server; the function ends it. Rejects with EADDRINUSE where the port is taken. */
export async function openStudio({ config, entrance, api, facts, log }: StudioParts): Promise<() => Promise<void>> {
  const { host, port, hosts } = config
  const { access } = entrance
  const app = await createStudioServer({
    access,
    cookie: cookieName(port),
    hosts,
    api,
    pictures: () => (facts.clerk ?? []).map(({ frontendApiUrl }) => new URL(frontendApiUrl).origin),
    logger: log,
  })
  await app.listen({ host, port })
  return async () => await app.close()
}
