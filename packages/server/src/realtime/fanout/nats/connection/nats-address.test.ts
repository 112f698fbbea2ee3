import { expect, test } from 'vitest'

import { parseNatsUrl, shownAddress } from './nats-address.ts'

test.each([
  ['nats://127.0.0.1', ['127.0.0.1:4222'], { kind: 'nobody' }, null],
  ['nats://a:1, nats://b:2', ['a:1', 'b:2'], { kind: 'nobody' }, null],
  ['nats://[::1]:4000', ['[::1]:4000'], { kind: 'nobody' }, null],
  ['nats://s%40cret@host', ['host:4222'], { kind: 'token', token: 's@cret' }, null],
  ['nats://me:p%3Aw@host', ['host:4222'], { kind: 'user', user: 'me', password: 'p:w' }, null],
  ['tls://host', ['host:4222'], { kind: 'nobody' }, { ca: null, cert: null, key: null }],
  [
    'tls://host?ca=/ca.pem&cert=/me.pem&key=/me.key',
    ['host:4222'],
    { kind: 'nobody' },
    { ca: '/ca.pem', cert: '/me.pem', key: '/me.key' },
  ],
])('%s says where NATS is and who asks', (url, servers, login, tls) => {
  expect(parseNatsUrl(url)).toEqual({ kind: 'nats-address', servers, login, tls })
})

test.each([
  ['', /nats:\/\//],
  ['env(NATS_URL)', /nats:\/\//],
  ['http://host', /nats:\/\//],
  ['nats://a,redis://b', /nats:\/\//],
  ['nats://host?ca=/ca.pem', /tls:\/\//],
  ['tls://host?cert=/me.pem', /together/],
  ['tls://host?insecure=1', /insecure/],
])('%j is refused with what it should be', (url, problem) => {
  expect(parseNatsUrl(url)).toMatchObject({ kind: 'problem', problem: expect.stringMatching(problem) as string })
})

test('the log shows the address without its secrets', () => {
  const address = parseNatsUrl('tls://me:secret@a:1?ca=/x,tls://b')
  expect(address.kind === 'nats-address' && shownAddress(address)).toBe('tls://a:1,tls://b:4222')
})
