import { expect, test } from 'vitest'

import { createStudioAccess } from './studio-access.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const PASSWORD = 'correct horse battery'

/** Who may enter, at a time that the test moves. */
function accessAt(password: string | null = PASSWORD) {
  const clock = { now: 1_700_000_000_000 }
  return { clock, access: createStudioAccess(password, () => clock.now) }
}

test('a link signs in once', () => {
  const { access } = accessAt()
  const { code } = access.createCode()
  const session = access.enterByCode(code)
  expect(access.isOpen(session)).toBe(true)
  expect(() => access.enterByCode(code)).toThrow(expect.objectContaining({ code: 'studio.link-spent' }))
})

test('a link signs nobody in after ten minutes, and a code that nobody made never does', () => {
  const { access, clock } = accessAt()
  const { code, expiresAt } = access.createCode()
  expect(() => access.enterByCode('guessed')).toThrow(expect.objectContaining({ code: 'studio.link-spent' }))
  clock.now = expiresAt
  expect(() => access.enterByCode(code)).toThrow(expect.objectContaining({ code: 'studio.link-spent' }))
})

test('making many links ends the oldest, and no other', () => {
  const { access } = accessAt()
  const codes = Array.from({ length: 21 }, () => access.createCode().code)
  expect(() => access.enterByCode(codes[0] ?? '')).toThrow(expect.objectContaining({ code: 'studio.link-spent' }))
  expect(access.isOpen(access.enterByCode(codes[1] ?? ''))).toBe(true)
})

test('a session lasts while it is used, for a week at most', () => {
  const { access, clock } = accessAt()
  const session = access.enterByCode(access.createCode().code)
  for (let hours = 0; hours < 7 * 24 - 8; hours += 8) {
    clock.now += 8 * HOUR
    expect(access.isOpen(session)).toBe(true)
  }
  clock.now += 8 * HOUR
  expect(access.isOpen(session)).toBe(false)
})

test('a session ends for want of use, and when its owner leaves', () => {
  const { access, clock } = accessAt()
  const idle = access.enterByCode(access.createCode().code)
  clock.now += 12 * HOUR
  expect(access.isOpen(idle)).toBe(false)
  const left = access.enterByPassword(PASSWORD, '127.0.0.1')
  access.leave(left)
  expect(access.isOpen(left)).toBe(false)
})

test('after five wrong passwords within a minute an address waits, and another does not', () => {
  const { access, clock } = accessAt()
  for (let time = 0; time < 5; time += 1) {
    expect(() => access.enterByPassword('wrong', '10.0.0.1')).toThrow(
      expect.objectContaining({ code: 'studio.password-wrong' }),
    )
  }
  expect(() => access.enterByPassword(PASSWORD, '10.0.0.1')).toThrow(
    expect.objectContaining({ code: 'studio.too-many-attempts', detail: { retryAfter: 60 } }),
  )
  access.enterByPassword(PASSWORD, '10.0.0.2')
  clock.now += MINUTE
  access.enterByPassword(PASSWORD, '10.0.0.1')
})

test('the addresses of one IPv6 network count as one, and the way an IPv4 address is written does not matter', () => {
  const { access } = accessAt()
  const wrong = ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8::3:4', '2001:0db8::5', '2001:db8::6']
  for (const address of wrong) {
    expect(() => access.enterByPassword('wrong', address)).toThrow(/password-wrong/)
    expect(() => access.enterByPassword('wrong', '::ffff:10.0.0.3')).toThrow(/password-wrong/)
  }
  for (const address of ['2001:db8::ffff', '10.0.0.3']) {
    expect(() => access.enterByPassword(PASSWORD, address)).toThrow(/too-many-attempts/)
  }
  expect(access.isOpen(access.enterByPassword(PASSWORD, '2001:db8:0:1::1'))).toBe(true)
})

test('without a password of the configuration none is right, not even an empty one', () => {
  const { access } = accessAt(null)
  expect(access.takesPassword).toBe(false)
  expect(() => access.enterByPassword('', '127.0.0.1')).toThrow(
    expect.objectContaining({ code: 'studio.password-wrong' }),
  )
})
