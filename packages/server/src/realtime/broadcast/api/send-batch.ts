// `POST /api/broadcast`: several messages at once.

import type { FastifyRequest } from 'fastify'

import { isRefusal, Refusal } from '../../../refusal/refusal.ts'
import { parseJson } from '../../wire/parse-json.ts'
import type { Authorize } from '../../access/channel-access.ts'
import { droppedFact } from '../delivery/dropped-fact.ts'
import type { Addressed } from '../message/envelope.ts'
import { type Caller, callerOf, mayWrite } from './caller.ts'
import { readBatch } from './read-batch.ts'
import { type ApiDeps, assertRate, tellCounted } from './tell-counted.ts'

/** What a private topic's policies do not let the caller write is left out without a word but in the log, as upstream does. */
export async function sendBatch(request: FastifyRequest, body: Buffer, deps: ApiDeps): Promise<void> {
  const { identify, limits, rate } = deps
  const caller = await callerOf(request, identify)
  const batch = readBatch(body.length === 0 ? {} : parseJson(body, 'The body'), limits.broadcastBytes)
  if (batch.kind === 'invalid') throw new Refusal('realtime.broadcast-invalid', { errors: batch.errors })
  assertRate(batch.messages.length, rate)
  for (const addressed of await allowedOf(batch.messages, caller, deps)) tellCounted(addressed, deps)
}

/** Asks once for each private topic, before anything is sent. */
async function allowedOf(
  messages: readonly Addressed[],
  caller: Caller,
  { authorize, note }: ApiDeps,
): Promise<readonly Addressed[]> {
  const topics = new Set(messages.filter(({ isPrivate }) => isPrivate).map(({ subtopic }) => subtopic))
  const writable = new Set<string>()
  const { remote, identity } = caller
  for (const topic of topics) {
    if (await mayWriteSomehow(caller, topic, authorize)) writable.add(topic)
    else note(droppedFact({ whose: remote, topic, role: identity.role, remote }))
  }
  return messages.filter(({ isPrivate, subtopic }) => !isPrivate || writable.has(subtopic))
}

/** As upstream, a policy that fails is one that does not hold, for the others of the batch to go out. */
async function mayWriteSomehow(caller: Caller, topic: string, authorize: Authorize | null): Promise<boolean> {
  try {
    return await mayWrite(caller, topic, authorize)
  } catch (thrown) {
    if (isRefusal(thrown) && thrown.code === 'realtime.policy-failed') return false
    throw thrown
  }
}
