import { expect, it } from 'vitest'
import { parseIssuers } from '../issuers/parse-issuers.ts'
import { createOwnKeys } from '../keys/own-keys.ts'
import { createVerifier } from '../verify/verifier.ts'
import { makePair, signRaw, silentLog } from '../verify/verifier-fixture.ts'

const pair = await makePair('RS256', 'k1')
let clock = 1000
const verifier = createVerifier({
  own: createOwnKeys({ secret: 'a secret of sixteen characters' }),
  issuers: parseIssuers({ mine: { issuer_url: 'https://mine', jwks: { keys: [pair.publicJwk] } } }),
  log: silentLog,
  now: () => clock,
})
const signed = async (claims: object): Promise<string> =>
  await signRaw({ alg: 'RS256', kid: 'k1' }, { iss: 'https://mine', exp: 2000, ...claims }, pair.privateKey)

it('tokens are counted once each, and the last time any was shown is kept', async () => {
  const [plain, roleless] = [await signed({ role: 'authenticated' }), await signed({})]
  for (const token of [plain, roleless, plain]) await verifier.verify(token)
  clock = 1100
  await verifier.verify(plain)
  expect(verifier.stats().sightings).toEqual({
    'https://mine': { accepted: 2, withoutRole: 1, lastSeen: 1100, refused: {} },
  })
})

it('refusals count for the issuer whose keys were asked, and for nobody where it is a stranger', async () => {
  const expired = await signed({ exp: 5 })
  const strange = await signed({ iss: 'https://elsewhere' })
  const service = await signed({ role: 'service_role' })
  await Promise.allSettled([expired, expired, strange, service].map((token) => verifier.verify(token)))
  expect(verifier.stats().sightings).toMatchObject({
    'https://mine': { accepted: 2, lastSeen: 1100, refused: { 'token.expired': 2, 'token.role-not-allowed': 1 } },
  })
  expect(Object.keys(verifier.stats().sightings)).toEqual(['https://mine'])
})
