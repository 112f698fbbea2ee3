import { expect, test } from 'vitest'

import { shortcodeScope } from './shortcodes/shortcode-scope.ts'
import { reservedClaimIn, supabaseTemplateClaims, templateClaims } from './template-claims.ts'
import type { TokenSubject } from './token-subject.ts'

const subject: TokenSubject = {
  sessionId: 'sess_1',
  sessionStatus: 'active',
  firstFactorVerifiedAt: 0,
  secondFactorVerifiedAt: null,
  actor: null,
  organization: {
    id: 'org_1',
    slug: 'acme',
    name: 'Acme',
    publicMetadata: { tier: 1 },
    membershipPublicMetadata: {},
    role: 'org:admin',
    permissions: ['org:sys_domains:read', 'org:invoices:read'],
  },
  user: {
    id: 'user_1',
    externalId: null,
    username: 'ada',
    firstName: 'Ada',
    lastName: null,
    imageUrl: 'http://img',
    createdAt: 5999,
    updatedAt: 9999,
    primaryEmailAddress: 'ada@example.com',
    emailVerified: true,
    primaryPhoneNumber: null,
    phoneNumberVerified: false,
    twoFactorEnabled: true,
    publicMetadata: {},
    unsafeMetadata: {},
    organizations: { org_1: 'org:admin' },
  },
}
const issue = {
  nowMilliseconds: 1_700_000_000_000,
  lifetimeSeconds: 90,
  issuer: 'https://a.dev',
  authorizedParty: null,
  tokenId: 'j',
}

test('the Supabase template has the claims of Supabase, the automatic ones and nothing of a session', () => {
  expect(templateClaims(subject, supabaseTemplateClaims, 5, issue)).toEqual({
    aud: 'authenticated',
    role: 'authenticated',
    email: 'ada@example.com',
    app_metadata: {},
    user_metadata: {},
    exp: 1_700_000_090,
    iat: 1_700_000_000,
    nbf: 1_699_999_995,
    iss: 'https://a.dev',
    jti: 'j',
    sub: 'user_1',
  })
})

test('each reserved claim is found, and a nested one of the same name is not', () => {
  for (const claim of ['azp', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sub'])
    expect(reservedClaimIn({ [claim]: 1 })).toBe(claim)
  expect(reservedClaimIn({ data: { sub: 1 }, sid: 1 })).toBeNull()
})

test('shortcodes show the user, the organization and the membership', () => {
  expect(shortcodeScope(subject)).toMatchObject({
    user: {
      full_name: 'Ada',
      created_at: 5,
      updated_at: 9,
      two_factor_enabled: true,
      organizations: { org_1: 'org:admin' },
    },
    org: { id: 'org_1', role: 'org:admin', public_metadata: { tier: 1 } },
    org_membership: { permissions: ['org:invoices:read'] },
  })
})
