import { expect, test } from 'vitest'

import type { StorageConfig } from '../../storage/config.ts'
import { localS3, readStorage } from './read-storage.ts'
import { ConfigSection } from './section.ts'

function storageOf(table: Record<string, unknown>): StorageConfig {
  return readStorage(new ConfigSection(table, 'storage', 'config.toml'), {
    stateDir: '/state',
    supabaseDir: '/project/supabase',
    opensDoors: true,
  })
}

const store = { enabled: true, bucket: 'b', access_key_id: 'a', secret_access_key: 's' }

test.each([
  ['s3_protocol', { secret_access_key: 'env(NOBODY_SET_THIS)' }, 'secret_access_key'],
  ['s3_protocol', { secret_access_key: '' }, 'secret_access_key'],
  ['s3_protocol', { secret_access_key: 'fifteen letters' }, 'secret_access_key'],
  ['s3_protocol', { access_key_id: 'env(NOBODY_SET_THIS)' }, 'access_key_id'],
  ['s3_protocol', { access_key_id: '' }, 'access_key_id'],
  ['s3', { ...store, access_key_id: 'env(NOBODY_SET_THIS)' }, 'access_key_id'],
  ['s3', { ...store, secret_access_key: 'env(NOBODY_SET_THIS)' }, 'secret_access_key'],
  ['s3', { ...store, bucket: 'env(NOBODY_SET_THIS)' }, 'bucket'],
])('a credential that is none is refused by its key: %s %j', (section, table, key) => {
  expect(() => storageOf({ [section]: table })).toThrow(
    expect.objectContaining({
      code: 'boot.config-invalid',
      detail: expect.objectContaining({ key: `storage.${section}.${key}` }),
    }),
  )
})

test('the pair that signs is the one that is known to all, or the one that is given', () => {
  expect(storageOf({}).s3Protocol).toEqual({ ...localS3, enabled: true })
  const given = { access_key_id: 'mine', secret_access_key: 'sixteen letters.' }
  expect(storageOf({ s3_protocol: given }).s3Protocol).toMatchObject({
    accessKeyId: 'mine',
    secretAccessKey: 'sixteen letters.',
  })
})
