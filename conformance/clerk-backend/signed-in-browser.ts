// A browser's client with a session on it.

import type { TestClerk } from './running-clerk.ts'

/** A browser and who is signed in on it. */
export interface Browser {
  readonly clientId: string
  readonly sessionId: string
  readonly userId: string
  /** The value of the cookie `__client`. */
  readonly token: string
}

/** A browser on which somebody is signed in, without the pages that would do it. */
export async function signedInBrowser(clerk: TestClerk): Promise<Browser> {
  const { frontendApiUrl } = clerk.instance
  const { id: devBrowser } = (await (await fetch(`${frontendApiUrl}/v1/dev_browser`, { method: 'POST' })).json()) as {
    id: string
  }
  const answer = await fetch(`${frontendApiUrl}/v1/client?__clerk_db_jwt=${devBrowser}`)
  const token = /__client=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? ''
  const { response } = (await answer.json()) as { response: { id: string } }
  const { id: userId } = await clerk.somebody()
  const { id: sessionId } = await clerk.client.sessions.createSession({ userId })
  const move = `update clerk.sessions set client_id = '${response.id}' where id = '${sessionId}'`
  await clerk.database.query(move, 'supabase_admin')
  return { clientId: response.id, sessionId, userId, token }
}
