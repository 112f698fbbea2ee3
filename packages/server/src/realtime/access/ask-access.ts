// Asks the policies on `realtime.messages` by probing: rows that somebody may see, rows that somebody may insert. One
// transaction, one round trip, rolled back; what the probes are is the bootstrap's business (tenon.channel_access).

import type { Database, Rows } from '../../database/statement.ts'
import type { Identity } from '../../identity/identity.ts'
import { isRefusal, Refusal } from '../../refusal/refusal.ts'
import type { ChannelAccess } from './channel-access.ts'
import { policySettings } from './policy-settings.ts'
import { askAccess } from './sql/ask-access.ts'

export interface AskAccess {
  readonly database: Pick<Database, 'run'>
  /** A policy for writing raised an error: nobody may write, and somebody should know why. */
  readonly onWriteFailure: (failure: WriteFailure) => void
}

export interface WriteFailure {
  readonly role: string
  readonly subtopic: string
  /** What Postgres said. */
  readonly reason: string
}

/** Postgres is away, busy, on another's turn or was told to stop: classes of SQLSTATE that say nothing of the policies. */
const NOT_OF_POLICIES = /^(?:08|25|40|53|55|57|58|XX)/

/** Asks every time. Refuses with `realtime.policy-failed`, and with `postgres.*` what is no fault of the policies. */
export async function askChannelAccess(
  { database, onWriteFailure }: AskAccess,
  identity: Identity,
  subtopic: string,
  headersJson: string,
): Promise<ChannelAccess> {
  const [answer] = await ask(database, identity, subtopic, headersJson)
  return readAnswer(answer, (reason) => onWriteFailure({ role: identity.role, subtopic, reason }))
}

async function ask(
  database: AskAccess['database'],
  identity: Identity,
  subtopic: string,
  headersJson: string,
): Promise<readonly Rows[]> {
  const asking = database.run({
    kind: 'transaction',
    // The login's own: the statement becomes the asking role by itself, after the owner's probes are there.
    role: 'none',
    settings: policySettings(identity, subtopic, headersJson),
    readOnly: false,
    statements: [{ kind: 'statement', text: askAccess, values: [identity.role, subtopic] }],
    end: 'rollback',
  })
  try {
    return await asking
  } catch (thrown) {
    if (!isRefusal(thrown) || thrown.code !== 'postgres.error') throw thrown
    const { sqlstate, message } = thrown.detail
    if (NOT_OF_POLICIES.test(sqlstate)) throw thrown
    const fix = `Asking the policies on realtime.messages failed: ${message}`
    throw new Refusal(
      'realtime.policy-failed',
      { topic: subtopic, role: identity.role, message },
      { fix, cause: thrown },
    )
  }
}

function readAnswer(answer: Rows | undefined, onWriteFailure: (reason: string) => void): ChannelAccess {
  const [broadcastRead, presenceRead, broadcastWrite, presenceWrite, writeFailure] = answer?.rows[0] ?? []
  if (writeFailure !== null && writeFailure !== undefined) onWriteFailure(writeFailure)
  return {
    broadcast: { read: broadcastRead === 't', write: broadcastWrite === 't' },
    presence: { read: presenceRead === 't', write: presenceWrite === 't' },
  }
}
