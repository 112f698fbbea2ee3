import { expect, test } from 'vitest'

import { findChromium } from './find-chromium.ts'

test('a browser that is named is taken, or said to be missing together with the way to get one', () => {
  expect(findChromium({ CHROMIUM_PATH: process.execPath })).toBe(process.execPath)
  expect(() => findChromium({ ...process.env, CHROMIUM_PATH: '/nowhere/chromium' })).toThrow(
    'scripts/install-browser.sh',
  )
})
