import { type JWTPayload, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'

import { isRefusal } from '../../refusal/refusal.ts'
import { createSignedTokens } from './create-signed-tokens.ts'
import type { SignedClaims } from './signed-tokens.ts'

const SECRET = 'super-secret-jwt-token-with-at-least-32-characters-long'
const START = Date.UTC(2026, 0, 2, 3, 4, 5)
const claims: SignedClaims = { url: 'b/folder/a.txt', scope: 'download' }

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (thrown) {
    return isRefusal(thrown) ? { code: thrown.code, ...thrown.detail } : thrown
  }
}

async function signAsUpstream(payload: JWTPayload): Promise<string> {
  const token = new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(START / 1000 + 60)
  return await token.sign(Buffer.from(SECRET))
}

const later = (ms: number) => createSignedTokens(SECRET, () => START + ms)
const mismatch = (wanted: string) => ({ code: 'storage.signature-mismatch', wanted })

describe('a signed token', () => {
  const tokens = createSignedTokens(SECRET, () => START)

  it('opens its path for its verb, and tells what it was signed with and until when', async () => {
    const wanted: SignedClaims = { ...claims, transformations: 'width:100', format: 'webp' }
    const opened = await tokens.verify(await tokens.sign(wanted, 60), claims)
    expect(opened).toMatchObject({ ...wanted, iat: START / 1000, exp: START / 1000 + 60 })
  })

  it('is over at its time', async () => {
    const token = await tokens.sign(claims, 60)
    expect(await later(59_000).verify(token, claims)).toMatchObject(claims)
    expect(await refusalOf(later(60_000).verify(token, claims))).toEqual({
      code: 'storage.signature-invalid',
      reason: '"exp" claim timestamp check failed',
    })
  })

  it.each(['b/folder/b.txt', 'b/folder', 'c/folder/a.txt', 'b/folder/a.txt/', 'B/folder/a.txt', ''])(
    'does not open %j',
    async (url) => {
      const refused = await refusalOf(tokens.verify(await tokens.sign(claims, 60), { url, scope: 'download' }))
      expect(refused).toEqual(mismatch('path'))
    },
  )

  it('does not open its path for another verb', async () => {
    const download = await tokens.sign(claims, 60)
    const upload = await tokens.sign({ ...claims, scope: 'upload', upsert: true }, 60)
    expect(await refusalOf(tokens.verify(download, { ...claims, scope: 'upload' }))).toEqual(mismatch('upload'))
    expect(await refusalOf(tokens.verify(upload, claims))).toEqual(mismatch('download'))
  })

  it('dies with the secret of the project', async () => {
    const token = await createSignedTokens(`${SECRET}2`).sign(claims, 60)
    expect(await refusalOf(tokens.verify(token, claims))).toEqual({
      code: 'storage.signature-invalid',
      reason: 'signature verification failed',
    })
  })

  it.each([{ role: 'authenticated' }, { sub: 'user_ann' }])(
    'is none that the secret itself signs for a session, which has %j',
    async (ofSession) => {
      const session = await signAsUpstream({ ...claims, ...ofSession })
      expect(await refusalOf(tokens.verify(session, claims))).toMatchObject({ code: 'storage.signature-invalid' })
    },
  )

  it.each([{}, { url: 5 }, { url: [claims.url] }])('opens nothing where the secret itself signs %j', async (odd) => {
    const token = await signAsUpstream({ scope: 'download', ...odd })
    expect(await refusalOf(tokens.verify(token, claims))).toEqual(mismatch('path'))
  })

  it.each([
    ['download', {}],
    ['download', { scope: 'download' }],
    ['upload', { upsert: false }],
    ['upload', { scope: 'upload' }],
  ] as const)('for %s opens its path where upstream signed it, with %j beside the path', async (scope, beside) => {
    const token = await signAsUpstream({ url: claims.url, ...beside })
    expect(await tokens.verify(token, { url: claims.url, scope })).toMatchObject({ url: claims.url })
    const other = scope === 'upload' ? 'download' : 'upload'
    expect(await refusalOf(tokens.verify(token, { url: claims.url, scope: other }))).toEqual(mismatch(other))
    expect(await refusalOf(tokens.verify(token, { url: 'b/other', scope }))).toEqual(mismatch('path'))
    expect(await refusalOf(later(60_000).verify(token, { url: claims.url, scope }))).toMatchObject({
      reason: '"exp" claim timestamp check failed',
    })
  })

  it.each([
    ['not-a-jwt', 'Invalid Compact JWS'],
    ['', 'Invalid Compact JWS'],
    ['eyJhbGciOiJub25lIn0.eyJ1cmwiOiJiL2ZvbGRlci9hLnR4dCJ9.', '"alg" (Algorithm) Header Parameter value not allowed'],
  ])('is not %j', async (token, reason) => {
    expect(await refusalOf(tokens.verify(token, claims))).toEqual({ code: 'storage.signature-invalid', reason })
  })

  it.each([0, -1, 1.5, Number.NaN, 1e21, Number.MAX_SAFE_INTEGER])('cannot last %d seconds', async (seconds) => {
    expect(await refusalOf(tokens.sign(claims, seconds))).toEqual({
      code: 'storage.parameter-invalid',
      parameter: 'expiresIn',
    })
  })
})
