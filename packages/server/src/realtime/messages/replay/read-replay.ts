// Earlier broadcasts of a private channel, for whoever joins it.

import type { Database } from '../../../database/statement.ts'
import type { Identity } from '../../../identity/identity.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import { policySettings } from '../../access/policy-settings.ts'
import { readLatest } from '../sql/messages.ts'
import { type StoredMessage, storedMessage } from '../stored-message.ts'

export interface ReplayWish {
  readonly identity: Identity
  readonly subtopic: string
  readonly headersJson: string
  /** Unix milliseconds. */
  readonly since: number
  readonly limit: number
}

export type ReadReplay = (wish: ReplayWish) => Promise<readonly StoredMessage[]>

/** What upstream replays at most. */
const MOST = 25
/** The last moment of a JavaScript date; Postgres has later ones. */
const LAST_MOMENT = 8.64e15

/**
 * Reads the latest messages that the policies let this identity see, oldest first: as its role, under its claims. Refuses
 * with `realtime.replay-impossible`.
 */
export function createReadReplay(database: Pick<Database, 'run'>): ReadReplay {
  return async ({ identity, subtopic, headersJson, since, limit }) => {
    if (!Number.isSafeInteger(since) || Math.abs(since) > LAST_MOMENT || !Number.isFinite(limit)) {
      throw new Refusal('realtime.replay-impossible', { reason: 'Replay params are not valid' })
    }
    const count = Math.max(1, Math.min(Math.trunc(limit), MOST))
    const [answer] = await database
      .run({
        kind: 'transaction',
        role: identity.role,
        settings: policySettings(identity, subtopic, headersJson),
        readOnly: true,
        statements: [{ kind: 'statement', text: readLatest, values: [subtopic, String(since), String(count)] }],
        end: 'commit',
      })
      .catch(refuse)
    return (answer?.rows ?? [])
      .map(messageOf)
      .filter((message) => message !== null)
      .toReversed()
  }
}

function refuse(cause: unknown): never {
  throw new Refusal('realtime.replay-impossible', { reason: 'Realtime was unable to replay messages' }, { cause })
}

function messageOf([id, topic, event, isPrivate, payload, binaryPayload]: readonly (string | null)[]) {
  return storedMessage({ id, topic, event, private: isPrivate, payload, binaryPayload })
}
