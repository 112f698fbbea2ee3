import { expect, test } from 'vitest'

import { notEnabledFeature } from './not-enabled.ts'

test.each([
  ['/machines', 'machine authentication'],
  ['/machines/mch_1/scopes', 'machine authentication'],
  ['/m2m_tokens/verify', 'machine authentication'],
  ['/api_keys/verify', 'API keys'],
  ['/organizations/org_1/billing/subscription', 'billing'],
  ['/users/user_1/web3_wallets/idn_1', 'web3 wallets'],
  ['/proxy_checks', 'proxy checks'],
  ['/email/batch', 'transactional e-mail'],
  ['/role_sets/role_set:all/roles/replace', 'several role sets'],
  ['/phone_numbers/idn_1/attempt_verification', 'verification by the Backend API'],
  ['/email_addresses/idn_1', null],
  ['/users/user_1', null],
  ['/machinery', null],
  ['/instance', null],
])('%s belongs to %s', (path, feature) => {
  expect(notEnabledFeature(path)).toBe(feature)
})
