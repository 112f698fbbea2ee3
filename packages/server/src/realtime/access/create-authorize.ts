// Decides who may use a private channel: asks Postgres, and asks once for those whom its policies cannot tell apart.

import { createHash } from 'node:crypto'

import type { Identity } from '../../identity/identity.ts'
import { askChannelAccess, type AskAccess } from './ask-access.ts'
import type { Authorize } from './channel-access.ts'
import { rememberAccess } from './remembered-access.ts'

export interface AuthorizeParts extends AskAccess {
  /** Milliseconds, of a clock that does not go back. */
  readonly now: () => number
}

export interface Access {
  readonly authorize: Authorize
  /** The policies on `realtime.messages`, a grant or a role changed: what was answered holds no longer. */
  forget(): void
}

/** Milliseconds that an answer is used for. It may rest on rows of other tables, of whose change nobody tells. */
const LIFETIME = 2000
const MOST_ANSWERS = 20_000

export function createAuthorize({ now, ...asking }: AuthorizeParts): Access {
  const remembered = rememberAccess(MOST_ANSWERS, now)
  return {
    authorize: async (identity, subtopic, headersJson) =>
      await remembered.recall(keyOf(identity, subtopic, headersJson), LIFETIME, () =>
        askChannelAccess(asking, identity, subtopic, headersJson),
      ),
    forget: () => remembered.forget(),
  }
}

function keyOf({ role, claimsJson }: Identity, subtopic: string, headersJson: string): string {
  return createHash('sha256')
    .update(JSON.stringify([role, subtopic, claimsJson, headersJson]))
    .digest('base64')
}
