import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseJoin, tokenOf } from './parse-join.ts'

const read = (payload: unknown) => parseJoin(payload, () => 'made')
const nothing = {
  isPrivate: false,
  broadcast: { ack: false, self: false, replay: null, replicationReady: false },
  presence: { key: 'made', enabled: false },
  needsPostgresChanges: false,
  postgresChanges: [],
}

test.each([
  ['nothing', undefined],
  ['an empty payload', {}],
  ['null for everything', { config: { broadcast: null, presence: null, postgres_changes: null, private: null } }],
  ['an empty presence key', { config: { presence: { key: '', enabled: false } } }],
  ['things of another kind', { config: { broadcast: [1], presence: 'x', postgres_changes: {}, private: 1 } }],
])('%s means the defaults', (_what, payload) => {
  expect(read(payload)).toEqual({ config: nothing, token: null })
})

test.each([
  [{}, false],
  [{ key: '' }, true],
  [{ key: 'me' }, true],
  [{ key: 'me', enabled: false }, false],
  [{ enabled: true }, true],
])('presence of %j, as clients of their age send it, is on: %s', (presence, isOn) => {
  expect(read({ config: { presence } }).config.presence.enabled).toBe(isOn)
})

test('what is asked for is read, booleans as texts too', () => {
  const { config } = read({
    config: {
      private: 'true',
      broadcast: { ack: 'True', self: true, replay: { since: '17', limit: 3 }, replication_ready: 'true' },
      presence: { key: 'me', enabled: 'true' },
      postgres_changes: [{ event: '*', mine: 1 }, null],
      postgres_changes_options: { wait: true },
    },
  })
  expect(config).toEqual({
    isPrivate: true,
    broadcast: { ack: true, self: true, replay: { since: 17, limit: 3 }, replicationReady: true },
    presence: { key: 'me', enabled: true },
    needsPostgresChanges: true,
    postgresChanges: [{ event: '*', mine: 1 }],
  })
})

test('replay without a time is told apart from no replay', () => {
  expect(read({ config: { broadcast: { replay: {} } } }).config.broadcast.replay).toEqual({
    since: Number.NaN,
    limit: 25,
  })
})

test('a token is a text of the user’s own', () => {
  expect([tokenOf('eyJ'), tokenOf('sb_secret_x'), tokenOf(''), tokenOf(null), tokenOf(7)]).toEqual([
    'eyJ',
    null,
    '',
    null,
    null,
  ])
  expect(read({ access_token: 'a' }).token).toBe('a')
  expect(read({ user_token: 'b' }).token).toBe('b')
  expect(read({ access_token: 'sb_x', user_token: 'b' }).token).toBe('b')
})

test('whatever is sent, a join can be read', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (config, token) => {
      const join = read({ config, access_token: token })
      expect(join.config.presence.key).not.toBe('')
      expect(typeof join.config.isPrivate).toBe('boolean')
    }),
  )
})
