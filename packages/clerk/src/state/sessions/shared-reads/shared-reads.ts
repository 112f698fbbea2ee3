// What nearly every request asks, each in one statement for all the requests that ask at the same time: whose browser
// it is with who is signed in there, and what a session's token says.

import { notFound } from '../../../refusal/not-found.ts'
import type { SessionSubject } from '../../../tokens/token-subject.ts'
import { inBatches } from '../../database/in-batches.ts'
import type { Store } from '../../database/store.ts'
import { type BrowserClient, readBrowserClients } from './browser-clients.ts'
import { readSessionSubjects } from './session-subjects.ts'

export interface SharedReads {
  /** The client of a `__client` cookie, or null. */
  readonly findClientByToken: (token: string) => Promise<BrowserClient | null>
  /** The dev browser of a token, with its client once it has one; null for one that is unknown. */
  readonly findDevBrowser: (token: string) => Promise<{ readonly client: BrowserClient | null } | null>
  /** What a session's tokens say by default, as it is now. Refuses a session that is unknown, over, or of a banned user. */
  readonly requireSessionSubject: (sessionId: string) => Promise<SessionSubject>
}

const sessionIdForm = /^sess_[A-Za-z0-9]+$/

/** The reads of one instance. None sees what a transaction under way has not committed. */
export function sharedReads(store: Store): SharedReads {
  const byCookie = inBatches((tokens: readonly string[]) => readBrowserClients(store, 'cookie', tokens))
  const byDevBrowser = inBatches((tokens: readonly string[]) => readBrowserClients(store, 'devBrowser', tokens))
  const subjectOf = inBatches((ids: readonly string[]) => readSessionSubjects(store, ids))
  return {
    findClientByToken: async (token) => (await byCookie(token)) ?? null,
    findDevBrowser: async (token) => {
      const client = await byDevBrowser(token)
      return client === undefined ? null : { client }
    },
    requireSessionSubject: async (sessionId) => {
      // A text that Postgres cannot hold would fail the whole batch.
      const subject = sessionIdForm.test(sessionId) ? await subjectOf(sessionId) : undefined
      if (subject === undefined) throw notFound('session', `${sessionId} that is active`)
      return subject
    },
  }
}
