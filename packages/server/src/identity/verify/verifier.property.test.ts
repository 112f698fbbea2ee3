import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefusal } from '../../refusal/refusal.ts'
import { createWorld, mint } from './verifier-fixture.ts'

const world = await createWorld()
const tokens = await Promise.all(world.kinds.map((kind) => mint(kind)))

async function refusalOf(token: string): Promise<string | null> {
  try {
    await world.verifier.verify(token)
    return null
  } catch (thrown) {
    return isRefusal(thrown) ? thrown.code : `not a refusal: ${String(thrown)}`
  }
}

it('whatever is shown as a token is refused with token.*, never with anything else', async () => {
  const json = fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'))
  const shaped = fc.tuple(json, json, fc.base64String()).map((parts) => parts.join('.'))
  const bytes = fc.uint8Array().map((array) => Buffer.from(array).toString('latin1'))
  await fc.assert(
    fc.asyncProperty(fc.oneof(shaped, bytes, fc.string({ unit: 'binary' })), async (token) => {
      expect(await refusalOf(token)).toMatch(/^token\./)
    }),
    { numRuns: 500 },
  )
})

it('a header of any algorithm and key id over any claims is refused unless one of ours signed it', async () => {
  const header = fc.record(
    {
      alg: fc.constantFrom('HS256', 'RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'none', '__proto__'),
      kid: fc.constantFrom('ins_1', 'own-1', 'ed-1', 'x'),
      crit: fc.jsonValue(),
    },
    { requiredKeys: ['alg'] },
  )
  const claims = fc.record(
    {
      iss: fc.oneof(fc.constantFrom(...world.kinds.map(({ claims: { iss } }) => iss)), fc.jsonValue()),
      exp: fc.jsonValue(),
      role: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(header, claims, fc.uint8Array({ minLength: 0, maxLength: 300 }), async (head, body, signature) => {
      const parts = [JSON.stringify(head), JSON.stringify(body), signature].map((part) =>
        Buffer.from(part as string).toString('base64url'),
      )
      expect(await refusalOf(parts.join('.'))).toMatch(/^token\./)
    }),
    { numRuns: 500 },
  )
})

it('a token with one character changed is refused', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.*'
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...tokens),
      fc.nat(),
      fc.constantFrom(...alphabet.split('')),
      async (token, at, character) => {
        const position = at % token.length
        const changed = token.slice(0, position) + character + token.slice(position + 1)
        fc.pre(changed !== token)
        expect(await refusalOf(changed)).toMatch(/^token\./)
      },
    ),
    { numRuns: 500 },
  )
})
