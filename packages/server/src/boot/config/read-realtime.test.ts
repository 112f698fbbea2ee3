import { expect, test } from 'vitest'

import { defaultRealtimeConfig } from '../../realtime/config.ts'
import { parseProjectConfig, readProjectConfig } from './read-project-config.ts'

function realtimeOf(toml: string) {
  return parseProjectConfig(toml, '/nowhere', {})
}

test('a project that says nothing has Realtime with its defaults', () => {
  expect(readProjectConfig('/nowhere', {}).realtime).toEqual(defaultRealtimeConfig)
})

test("Supabase's own keys are taken without a warning", () => {
  const { realtime, warnings } = realtimeOf(
    '[realtime]\nenabled = false\nip_version = "IPv6"\nmax_header_length = 8192\n',
  )
  expect([realtime.enabled, warnings]).toEqual([false, []])
})

test('every key of ours is read', () => {
  const { realtime, warnings } = realtimeOf(`
[realtime]
deletes = "strict"
nats_url = "nats://127.0.0.1:4222"
origins = ["https://app.example.com"]
token_grace = 5
private_only = true
message_retention = 7
[realtime.limits]
sockets = 1
channels_per_socket = 2
joins_per_second = 3
messages_per_second = 4
presence_messages_per_second = 5
presence_keys = 6
presence_bytes = 2000
presence_calls = 10
presence_window = 11
broadcast_bytes = 2001
frame_bytes = 2002
change_bytes = 2003
waiting_bytes = 2004
idle_timeout = 7
[realtime.feed]
slot = "mine"
publication = "Ours"
wal_keep_bytes = 17000000
replay_seconds = 8
replay_bytes = 9
`)
  expect(warnings).toEqual([])
  expect(realtime).toEqual({
    enabled: true,
    deletes: 'strict',
    natsUrl: 'nats://127.0.0.1:4222',
    origins: ['https://app.example.com'],
    tokenGrace: 5,
    privateOnly: true,
    messageRetention: 7,
    limits: {
      sockets: 1,
      channelsPerSocket: 2,
      joinsPerSecond: 3,
      messagesPerSecond: 4,
      presenceMessagesPerSecond: 5,
      presenceKeys: 6,
      presenceBytes: 2000,
      presenceCalls: 10,
      presenceCallsWindow: 11_000,
      broadcastBytes: 2001,
      frameBytes: 2002,
      changeBytes: 2003,
      waitingBytes: 2004,
      idleTimeout: 7000,
    },
    feed: { slot: 'mine', publication: 'Ours', walKeepBytes: 17_000_000, replaySeconds: 8, replayBytes: 9 },
  })
})

test('pages that may read answers may open sockets, unless the origins are named', () => {
  expect(realtimeOf('[api]\ncors_origins = ["https://a.example"]\n').realtime.origins).toEqual(['https://a.example'])
  expect(realtimeOf('[api]\ncors_origins = ["https://a.example"]\n[realtime]\norigins = ["*"]').realtime.origins).toBe(
    '*',
  )
})

test('a nats_url that waits for a variable says that it is not set', () => {
  expect(() => realtimeOf('[realtime]\nnats_url = "env(NOBODY_SET_THIS)"\n')).toThrow(
    expect.objectContaining({
      detail: expect.objectContaining({
        problem: 'needs the environment variable NOBODY_SET_THIS, which is not set',
      }),
    }),
  )
})

test.each([
  ['deletes = "maybe"', 'realtime.deletes'],
  ['token_grace = -1', 'realtime.token_grace'],
  ['nats_url = "redis://127.0.0.1"', 'realtime.nats_url'],
  ['[realtime.limits]\nsockets = 0', 'realtime.limits.sockets'],
  ['[realtime.limits]\nframe_bytes = 1', 'realtime.limits.frame_bytes'],
  ['[realtime.feed]\nslot = "Mine!"', 'realtime.feed.slot'],
  ['[realtime.feed]\npublication = ""', 'realtime.feed.publication'],
])('%s is refused by its name', (toml, key) => {
  expect(() => realtimeOf(`[realtime]\n${toml}\n`)).toThrow(
    expect.objectContaining({ detail: expect.objectContaining({ key }) }),
  )
})
