// A conversation whose client writes down what it hears, with a clock and a feature that tests hold in their hands.

import type { Identity } from '../../identity/identity.ts'
import type { Fault } from '../../refusal/fault.ts'
import type { Authorize } from '../access/channel-access.ts'
import { defaultRealtimeConfig, type RealtimeConfig, type RealtimeLimits } from '../config.ts'
import type { RefusedFact } from '../limits/refusal-log.ts'
import { createRates } from '../limits/rates.ts'
import type { Frame, Vsn } from '../sockets/connection.ts'
import type { Ref } from '../wire/message.ts'
import type { Channel, Feature, Push, Reply } from './channel.ts'
import { Conversation, type Pausable } from './conversation.ts'
import { TokenDeadlines } from './tokens/token-deadlines.ts'

/** What one client hears: `[joinRef, ref, topic, event, payload]`, or of 1.0.0 the object. */
export type Heard = unknown

export interface World {
  readonly heard: Heard[]
  readonly closings: [code: number, reason: string][]
  readonly pauses: string[]
  readonly faults: Fault[]
  readonly refusals: string[]
  /** For the log. */
  readonly facts: RefusedFact[]
  /** What the feature was told. */
  readonly story: string[]
  readonly channels: Channel[]
  readonly conversation: Conversation
  readonly counts: { channels: number; joins: number; messages: number }
  /** Says something and waits until it is answered. */
  say(...message: readonly [joinRef: Ref, ref: Ref, topic: string, event: string, payload: unknown]): Promise<void>
  /** Lets time pass. */
  pass(seconds: number): void
}

interface Wishes {
  readonly vsn?: Vsn
  readonly config?: Partial<RealtimeConfig>
  readonly limits?: Partial<RealtimeLimits>
  readonly feature?: Partial<Feature>
  readonly verify?: (token: string) => Promise<Identity>
  readonly authorize?: Authorize
  readonly key?: Identity
  readonly explain?: boolean
}

export const START = 1_800_000_000

/** Somebody whose token expires at `expiresAt` (Unix seconds), or who shows a key, which never does. */
export function identityOf(subject: string, expiresAt: number | null = null, role = 'authenticated'): Identity {
  const claims = { sub: subject, role }
  const via = expiresAt === null ? 'api-key' : 'token'
  return { kind: 'identity', role, claims, claimsJson: JSON.stringify(claims), issuer: null, subject, via, expiresAt }
}

/** Lets everything happen that only waits for its turn. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

export function worldOf(wishes: Wishes = {}): World {
  let now = START * 1000
  const limits = { ...defaultRealtimeConfig.limits, ...wishes.limits }
  const config = { ...defaultRealtimeConfig, ...wishes.config, limits }
  const told: Pick<World, 'heard' | 'closings' | 'pauses' | 'faults' | 'refusals' | 'facts' | 'story' | 'channels'> = {
    heard: [],
    closings: [],
    pauses: [],
    faults: [],
    refusals: [],
    facts: [],
    story: [],
    channels: [],
  }
  const counts = { channels: 0, joins: 0, messages: 0, refused: (code: string) => void told.refusals.push(code) }
  const note = (fact: RefusedFact): void => void told.facts.push(fact)
  const deadlines = new TokenDeadlines(config.tokenGrace, () => now, note)
  let ids = 0
  const conversation = new Conversation(connectionOf(wishes.vsn ?? '2.0.0', told), wishes.key ?? identityOf('key'), {
    config,
    features: [{ ...featureOf(told), ...wishes.feature }],
    verify: wishes.verify ?? (async (token) => identityOf(token)),
    authorize: wishes.authorize ?? null,
    whyDenied: async ({ role }) => `Let ${role} in`,
    rates: createRates(limits, () => now),
    deadlines,
    newId: () => `id-${(ids += 1)}`,
    explain: wishes.explain ?? false,
    counts,
    note,
    report: (fault) => void told.faults.push(fault),
  })
  return {
    ...told,
    conversation,
    counts,
    async say(...message) {
      const [join_ref, ref, topic, event, payload] = message
      const said = wishes.vsn === '1.0.0' ? { join_ref, ref, topic, event, payload } : message
      conversation.hear(Buffer.from(JSON.stringify(said)), false)
      await settle()
    },
    pass(seconds) {
      now += seconds * 1000
      deadlines.sweep()
    },
  }
}

function connectionOf(vsn: Vsn, { heard, closings, pauses }: Pick<World, 'heard' | 'closings' | 'pauses'>): Pausable {
  return {
    id: 'connection',
    vsn,
    headersJson: '{"x-from":"test"}',
    waiting: 0,
    send: (frame) => void heard.push(JSON.parse(textOf(frame))),
    close: (code, reason) => void closings.push([code, reason]),
    pause: () => void pauses.push('pause'),
    resume: () => void pauses.push('resume'),
  }
}

/** Of an unmasked text frame of at most 64 KiB. */
function textOf(frame: Frame): string {
  return frame.toString('utf8', frame[1] === 126 ? 4 : 2)
}

/** Answers `shout` with what was shouted, and writes down whatever else happens to it. */
function featureOf({ story, channels }: Pick<World, 'story' | 'channels'>): Feature {
  return {
    events: ['shout'],
    join(channel) {
      channels.push(channel)
      story.push(`join ${channel.topic}`)
      return { welcome: channel.subtopic }
    },
    joined: (channel) => void story.push(`joined ${channel.topic}`),
    receive: (_channel, { payload }: Push): Reply => ({ status: 'ok', response: { echo: payload } }),
    renewed: (channel) => void story.push(`renewed as ${channel.identity.subject}`),
    left: (channel) => void story.push(`left ${channel.topic}`),
  }
}
