import { expect, test } from 'vitest'

import { isWebhookSecret, newWebhookSecret } from './webhook-secret.ts'
import { isWebhookUrl } from './webhook-url.ts'

test('a fresh secret can sign, and no two are alike', () => {
  const [one, other] = [newWebhookSecret(), newWebhookSecret()]
  expect([isWebhookSecret(one), one === other]).toEqual([true, false])
})

test.each(['', 'whsec_', 'whsec_c2hvcnQ=', 'sk_test_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', `whsec_${'A'.repeat(200)}`])(
  'what cannot sign is no secret: %s',
  (text) => expect(isWebhookSecret(text)).toBe(false),
)

test.each([
  ['https://app.example.com/api/webhooks', true],
  ['http://127.0.0.1:3000/hook?x=1', true],
  ['ftp://app.example.com', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['/relative', false],
  ['https://user:password@app.example.com', false],
])('webhooks go to plain web addresses: %s', (url, expected) => expect(isWebhookUrl(url)).toBe(expected))
