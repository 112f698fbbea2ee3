// Endpoints of our own for the keys an instance signs with: listing, rotating, retiring.

import type { SigningKey } from '../../state/instance/signing-keys.ts'
import { publicKeyPem } from '../../tokens/public-jwk.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const signingKeyEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/instance/signing_keys', answer: signingKeyList },
  { method: 'POST', path: '/instance/signing_keys/rotate', answer: rotate },
  { method: 'DELETE', path: '/instance/signing_keys/:kid', answer: retire },
]

async function signingKeyList({ instance }: BackendRequest): Promise<object> {
  const { keys } = await instance.snapshot()
  return { data: keys.map(signingKeyResource), total_count: keys.length }
}

/** Signs with a new key from now on. The one before stays published, so that its tokens verify to their end. */
async function rotate({ instance }: BackendRequest): Promise<object> {
  await instance.rotateSigningKey()
  const [current] = (await instance.snapshot()).keys
  return signingKeyResource(current)
}

/** Takes a key that is no longer current out of the key set: what it signed stops verifying. */
async function retire(request: BackendRequest): Promise<object> {
  const kid = pathValue(request, 'kid')
  await request.instance.retireSigningKey(kid)
  return { object: 'signing_key', id: kid, deleted: true }
}

function signingKeyResource({ kid, current, createdAt, privateKey }: SigningKey): object {
  return {
    object: 'signing_key',
    id: kid,
    algorithm: 'RS256',
    current,
    public_key: publicKeyPem(privateKey),
    created_at: createdAt,
  }
}
