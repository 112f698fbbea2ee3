// The keys that sign this project's own tokens: listed without their private halves, made, put to use and withdrawn.

import { z } from 'zod'

import { whyNot, type KeyTransition } from '../../../identity/keys/key-transitions.ts'
import { legacySecretKeyId, type OwnKeys } from '../../../identity/keys/own-keys.ts'
import { createSigningKey, type OwnKeyState } from '../../../identity/keys/signing-keys.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { readBody, readPath } from '../../request/read-input.ts'
import type { KeysFilePort } from './keys-file-port.ts'

export interface SigningKeysDeps {
  readonly own: OwnKeys
  readonly file: KeysFilePort
  /** Unix seconds. */
  readonly now: () => number
}

/** One key on the wire. */
export interface ShownSigningKey {
  readonly kid: string
  readonly algorithm: string
  readonly state: OwnKeyState
  readonly createdAt: string | null
  /** The JWT secret of the project: it cannot be revoked or deleted. */
  readonly legacy: boolean
}

const creation = z.object({ algorithm: z.enum(['ES256', 'RS256']).default('ES256') })
const byId = z.object({ kid: z.string().min(1).max(300) })

/**
 * `GET|POST /signing-keys`, `POST /signing-keys/:kid/rotate|revoke|standby`, `DELETE /signing-keys/:kid`. Refuses
 * `signing-keys.*`, `config.*`.
 */
export function signingKeysArea(deps: SigningKeysDeps): PlatformArea {
  const { own, file, now } = deps
  const change = changesInTurn(own, file)
  const move = async (parameters: unknown, transition: KeyTransition, act: (kid: string) => void): Promise<object> => {
    const { kid } = readPath(byId, parameters)
    await change(() => {
      refuseMove(own, transition, kid)
      act(kid)
    })
    return listed(deps)
  }
  return async (fastify) => {
    fastify.get('/signing-keys', async () => listed(deps))
    fastify.post('/signing-keys', async (request, reply) => {
      const { algorithm } = readBody(creation, request.body)
      const key = await createSigningKey(algorithm, Math.floor(now()))
      await change(() => own.add(key))
      return await reply.code(201).send({ ...listed(deps), created: key.keyId })
    })
    fastify.post(
      '/signing-keys/:kid/rotate',
      async ({ params }) => await move(params, 'rotate', (kid) => own.rotateTo(kid)),
    )
    fastify.post(
      '/signing-keys/:kid/revoke',
      async ({ params }) => await move(params, 'revoke', (kid) => own.revoke(kid)),
    )
    fastify.post(
      '/signing-keys/:kid/standby',
      async ({ params }) => await move(params, 'standby', (kid) => own.returnToStandby(kid)),
    )
    fastify.delete('/signing-keys/:kid', async ({ params }) => await move(params, 'delete', (kid) => own.remove(kid)))
  }
}

function listed({ own, file }: SigningKeysDeps): object {
  const keys = own.list().map(({ keyId, algorithm, state, createdAt }): ShownSigningKey => ({
    kid: keyId,
    algorithm,
    state,
    createdAt: createdAt === null ? null : new Date(createdAt * 1000).toISOString(),
    legacy: keyId === legacySecretKeyId,
  }))
  const path = file.path()
  const note = path === null ? null : `${path} holds private keys: keep it out of version control.`
  return { keys, file: path, note }
}

const actions: Readonly<Record<KeyTransition, string>> = {
  rotate: 'put to use',
  revoke: 'revoked',
  standby: 'returned to standby',
  delete: 'deleted',
}

function refuseMove(own: OwnKeys, transition: KeyTransition, keyId: string): void {
  const state = own.stateOf(keyId)
  if (state === null) throw new Refusal('signing-keys.unknown', { keyId })
  const withdrawn = transition === 'revoke' || transition === 'delete'
  if (keyId === legacySecretKeyId && withdrawn) {
    throw new Refusal('signing-keys.legacy', {}, { fix: 'Change [auth] jwt_secret to distrust what it signed.' })
  }
  const reason = whyNot(transition, state)
  if (reason === null) return
  const fix = fixFor(state)
  throw new Refusal('signing-keys.state', { keyId, action: actions[transition], reason }, fix === null ? {} : { fix })
}

function fixFor(state: OwnKeyState): string | null {
  if (state === 'in_use') return 'Rotate to another key first.'
  return state === 'previously_used' ? 'Revoke it first, once no token that it signed is still valid.' : null
}

/** One change at a time; what could not be written did not happen. */
function changesInTurn(own: OwnKeys, file: KeysFilePort): (act: () => void) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  const change = async (act: () => void): Promise<void> => {
    const before = own.snapshot()
    act()
    try {
      await file.write(own.snapshot().signingKeys)
    } catch (thrown) {
      own.restore(before)
      throw thrown
    }
  }
  return async (act) => {
    const turn = last.then(async () => await change(act))
    last = turn.catch(() => undefined)
    await turn
  }
}
