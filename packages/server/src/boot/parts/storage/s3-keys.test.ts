import { describe, expect, test } from 'vitest'

import { localS3 } from '../../config/read-storage.ts'
import type { ProjectKeys } from '../../project-keys.ts'
import { s3Keys } from './s3-keys.ts'

const keys: ProjectKeys = {
  jwtSecret: 'secret',
  publishable: 'sb_publishable_x',
  secret: 'sb_secret_x',
  legacy: { anon: 'anon', serviceRole: 'service' },
}

interface Situation {
  readonly host?: string
  readonly production?: boolean
  readonly allowDevelopmentKeys?: boolean
  readonly secretAccessKey?: string
}

function pairIn(situation: Situation) {
  const { host = '127.0.0.1', production = false, allowDevelopmentKeys = false } = situation
  const { secretAccessKey = localS3.secretAccessKey } = situation
  const s3Protocol = { ...localS3, secretAccessKey, enabled: true }
  const config = { production, projectId: 'mine', api: { host, allowDevelopmentKeys }, storage: { s3Protocol } }
  return s3Keys(config, keys).service
}

describe('the well-known pair signs', () => {
  test('where only this machine can ask', () => {
    expect(pairIn({})).toEqual({ accessKeyId: localS3.accessKeyId, secretAccessKey: localS3.secretAccessKey })
  })

  test.each([
    ['an address that others reach', { host: '0.0.0.0' }],
    ['production', { production: true }],
  ])('nothing on %s, unless the owner says so', (_what, situation) => {
    expect(pairIn(situation)).toBe(null)
    expect(pairIn({ ...situation, allowDevelopmentKeys: true })).not.toBe(null)
  })
})

test("a pair of the owner's own signs everywhere", () => {
  expect(pairIn({ host: '0.0.0.0', production: true, secretAccessKey: 'own' })).toMatchObject({
    secretAccessKey: 'own',
  })
})
