import { expect, test } from 'vitest'

import { windowsOf } from './windows.ts'

test('as many as allowed within a window, and then no more until it is over', () => {
  const windows = windowsOf(10_000)
  const claim = (now: number) => windows.claim('ada', 2, now)
  expect([claim(0), claim(1000), claim(2500), claim(9999), claim(10_000)]).toEqual([null, null, 7500, 1, null])
  expect(windows.claim('eve', 2, 2500)).toBeNull()
})

test('strangers cannot make it remember more than ten thousand keys', () => {
  const windows = windowsOf(10_000)
  const first = () => windows.claim('first', 1, 0)
  expect([first(), first()]).toEqual([null, 10_000])
  for (let key = 0; key < 10_000; key += 1) windows.claim(`stranger ${key}`, 1, 0)
  expect(first()).toBeNull()
})
