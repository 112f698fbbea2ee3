// What nearly every request of a browser asks, each in one statement for all the requests that ask at the same time:
// whose browser it is, who is signed in there, and what her token says.

import { notFound } from '../../refusal/not-found.ts'
import type { SessionSubject } from '../../tokens/token-subject.ts'
import { type Client, readClientsByToken } from './clients.ts'
import { type DevBrowser, readDevBrowsers } from './dev-browsers.ts'
import { inBatches } from '../database/in-batches.ts'
import { readSessionSubjects } from './session-subjects.ts'
import { readSessionsOnClients, type Session } from './sessions.ts'
import type { Store } from '../database/store.ts'

export interface SharedReads {
  /** The client of a `__client` cookie, or null. */
  readonly findClientByToken: (token: string) => Promise<Client | null>
  /** The dev browser of a token, or null. */
  readonly findDevBrowser: (token: string) => Promise<DevBrowser | null>
  /** The open sessions of a client, the newest first. */
  readonly sessionsOnClient: (clientId: string) => Promise<readonly Session[]>
  /** What a session's tokens say by default, as it is now. Refuses a session that is unknown, over, or of a banned user. */
  readonly requireSessionSubject: (sessionId: string) => Promise<SessionSubject>
}

const sessionIdForm = /^sess_[A-Za-z0-9]+$/

/** The reads of one instance. None sees what a transaction under way has not committed. */
export function sharedReads(store: Store): SharedReads {
  const clientOf = inBatches((tokens: readonly string[]) => readClientsByToken(store, tokens))
  const devBrowserOf = inBatches((tokens: readonly string[]) => readDevBrowsers(store, tokens))
  const sessionsOf = inBatches((clientIds: readonly string[]) => readSessionsOnClients(store, clientIds))
  const subjectOf = inBatches((ids: readonly string[]) => readSessionSubjects(store, ids))
  return {
    findClientByToken: async (token) => (await clientOf(token)) ?? null,
    findDevBrowser: async (token) => (await devBrowserOf(token)) ?? null,
    sessionsOnClient: async (clientId) => (await sessionsOf(clientId)) ?? [],
    requireSessionSubject: async (sessionId) => {
      // A text that Postgres cannot hold would fail the whole batch.
      const subject = sessionIdForm.test(sessionId) ? await subjectOf(sessionId) : undefined
      if (subject === undefined) throw notFound('session', `${sessionId} that is active`)
      return subject
    },
  }
}
