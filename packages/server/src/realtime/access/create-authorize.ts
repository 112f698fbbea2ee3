// Decides who may use a private channel: asks Postgres, and asks once for those whom its policies cannot tell apart.

import { createHash } from 'node:crypto'

import { askChannelAccess, type AskAccess } from './ask-access.ts'
import type { Authorize, ChannelAccess } from './channel-access.ts'
import { keyOf, type Reach } from './reach/reach.ts'
import { readReach } from './reach/read-reach.ts'
import { remember } from '../../catalog/policies/remembered.ts'

export interface AuthorizeParts extends AskAccess {
  /** Milliseconds, of a clock that does not go back. */
  readonly now: () => number
  /** `forget` is called soon after each change of the schema; otherwise little is remembered. */
  readonly hearsOfChanges: () => boolean
}

export interface Access {
  readonly authorize: Authorize
  /** The policies on `realtime.messages`, a grant or a role changed: what was answered holds no longer. */
  forget(): void
}

/** Milliseconds that an answer is used for which nothing but the schema can change. Roles change without a word. */
const LIFETIME = 60_000
/** Milliseconds for one that may rest on rows of other tables, or on policies of whose change nobody tells. */
const SHORT_LIFETIME = 2000
const MOST_ANSWERS = 20_000

export function createAuthorize({ now, hearsOfChanges, ...asking }: AuthorizeParts): Access {
  const reaches = remember<Reach>(1, now)
  const answers = remember<ChannelAccess>(MOST_ANSWERS, now)
  return {
    async authorize(identity, subtopic, headersJson) {
      const longest = hearsOfChanges() ? LIFETIME : SHORT_LIFETIME
      const reach = await reaches.recall('', longest, async () => await readReach(asking.database))
      const key = digestOf(keyOf(reach, identity, subtopic, headersJson))
      const lifetime = reach.kind === 'claims' ? longest : SHORT_LIFETIME
      return await answers.recall(key, lifetime, async () => askChannelAccess(asking, identity, subtopic, headersJson))
    },
    forget() {
      reaches.forget()
      answers.forget()
    },
  }
}

/** Claims are longer. */
function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('base64')
}
