// `POST /api/broadcast/{topic}/events/{event}?private=true`: one message, its payload the body as it is.

import type { FastifyRequest } from 'fastify'

import { Refusal } from '../../../refusal/refusal.ts'
import { callerOf, mayWrite } from './caller.ts'
import { encodingOf, readSinglePath, singleMessage } from './read-single.ts'
import { type ApiDeps, assertRate, tellCounted } from './tell-counted.ts'

const BELOW = '/api/broadcast/'

export async function sendSingle(request: FastifyRequest, body: Buffer, deps: ApiDeps): Promise<void> {
  const { identify, authorize, limits, rate } = deps
  const caller = await callerOf(request, identify)
  const encoding = encodingOf(request.headers['content-type'])
  const { pathname, searchParams } = new URL(request.raw.url ?? '/', 'http://localhost')
  const path = readSinglePath(pathname.slice(pathname.indexOf(BELOW) + BELOW.length))
  if (path === null) throw new Refusal('realtime.not-found', { path: pathname })
  if (body.length > limits.broadcastBytes) {
    throw new Refusal('realtime.broadcast-invalid', { errors: { payload: ['Payload size exceeds tenant limit'] } })
  }
  const addressed = singleMessage(path, searchParams.get('private') === 'true', encoding, body)
  assertRate(1, rate)
  const { subtopic, isPrivate } = addressed
  if (isPrivate && !(await mayWrite(caller, subtopic, authorize))) {
    throw new Refusal('realtime.write-unauthorized', { topic: subtopic, role: caller.identity.role })
  }
  tellCounted(addressed, deps)
}
