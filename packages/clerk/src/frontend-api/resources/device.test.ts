import { expect, test } from 'vitest'

import { deviceOf } from './device.ts'

const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'

test.each([
  [
    'Chrome',
    '131.0.0.0',
    'Macintosh',
    false,
    `${mac} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36`,
  ],
  [
    'Safari',
    '18.1',
    'Macintosh',
    false,
    `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15`,
  ],
  [
    'Edge',
    '131.0.2903.86',
    'Windows',
    false,
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.86',
  ],
  ['Firefox', '133.0', 'Linux', false, 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'],
  [
    'Safari',
    '18.1',
    'iPhone',
    true,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  ],
  [
    'Chrome',
    '131.0.0.0',
    'Android',
    true,
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
  ],
  [null, null, null, false, 'node'],
] as const)('%s %s on %s', (browserName, browserVersion, deviceType, isMobile, userAgent) => {
  expect(deviceOf(userAgent)).toEqual({ browserName, browserVersion, deviceType, isMobile })
})
