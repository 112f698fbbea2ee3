import { expect, test } from 'vitest'

import { type Issue, namesNoSubject, renderedFor, sessionClaims, type SessionTokenShape } from './session-claims.ts'
import type { ActiveOrganization, TokenSubject } from './token-subject.ts'

const now = 1_700_000_000_000

const subject: TokenSubject = {
  sessionId: 'sess_1',
  sessionStatus: 'active',
  firstFactorVerifiedAt: now - 150_000,
  secondFactorVerifiedAt: null,
  actor: null,
  organization: null,
  user: {
    id: 'user_1',
    externalId: 'ext',
    username: null,
    firstName: 'Ada',
    lastName: 'L',
    imageUrl: 'http://img',
    createdAt: 5000,
    updatedAt: 9999,
    primaryEmailAddress: 'ada@example.com',
    emailVerified: true,
    primaryPhoneNumber: null,
    phoneNumberVerified: false,
    twoFactorEnabled: false,
    publicMetadata: { plan: 'pro' },
    unsafeMetadata: {},
    organizations: { org_1: 'org:admin' },
  },
}

const organization: ActiveOrganization = {
  id: 'org_1',
  slug: 'acme',
  name: 'Acme',
  publicMetadata: {},
  membershipPublicMetadata: { desk: 4 },
  role: 'org:admin',
  permissions: ['org:sys_memberships:read', 'org:invoices:read', 'org:invoices:create', 'org:teams:read'],
}

const issue: Issue = {
  nowMilliseconds: now,
  lifetimeSeconds: 60,
  issuer: 'https://a.dev',
  authorizedParty: null,
  tokenId: 'jti1',
}

const v2: SessionTokenShape = { version: 'v2', legacyOrganizationClaims: false, customClaims: {} }
const v1: SessionTokenShape = { ...v2, version: 'v1' }

test('a version 2 token of a personal account has exactly these claims', () => {
  expect(sessionClaims(subject, v2, issue)).toEqual({
    exp: 1_700_000_060,
    iat: 1_700_000_000,
    nbf: 1_699_999_990,
    iss: 'https://a.dev',
    jti: 'jti1',
    fva: [2, -1],
    sid: 'sess_1',
    sub: 'user_1',
    sts: 'active',
    v: 2,
    pla: 'u:free',
    fea: '',
  })
})

test('a version 1 token of a personal account has exactly these claims', () => {
  expect(sessionClaims(subject, v1, issue)).toEqual({
    exp: 1_700_000_060,
    iat: 1_700_000_000,
    nbf: 1_699_999_990,
    iss: 'https://a.dev',
    fva: [2, -1],
    sid: 'sess_1',
    sub: 'user_1',
  })
})

test('version 2 packs the organization into `o`, without system permissions', () => {
  const claims = sessionClaims({ ...subject, organization }, v2, issue)
  expect(claims).toMatchObject({
    fea: 'o:invoices,o:teams',
    o: { id: 'org_1', rol: 'admin', slg: 'acme', per: 'create,read', fpm: '3,2' },
  })
  expect(claims).not.toHaveProperty('org_id')
})

test('an organization that grants only system permissions has neither `per` nor `fpm`', () => {
  const plain = { ...organization, permissions: ['org:sys_memberships:read'] }
  expect(sessionClaims({ ...subject, organization: plain }, v2, issue)['o']).toEqual({
    id: 'org_1',
    rol: 'admin',
    slg: 'acme',
  })
})

test('version 1 spreads the organization over flat claims', () => {
  const claims = sessionClaims({ ...subject, organization }, v1, issue)
  expect(claims).toMatchObject({
    org_id: 'org_1',
    org_role: 'org:admin',
    org_slug: 'acme',
    org_permissions: ['org:invoices:create', 'org:invoices:read', 'org:teams:read'],
  })
  expect(claims).not.toHaveProperty('o')
})

test('the hybrid carries both forms of the organization', () => {
  const claims = sessionClaims({ ...subject, organization }, { ...v2, legacyOrganizationClaims: true }, issue)
  expect(claims).toMatchObject({ v: 2, o: { id: 'org_1' }, org_id: 'org_1', org_role: 'org:admin' })
})

test('a verified second factor has its own age, and clocks that go back never make it negative', () => {
  const verified = { ...subject, firstFactorVerifiedAt: now + 5000, secondFactorVerifiedAt: now - 60_000 }
  expect(sessionClaims(verified, v2, issue)['fva']).toEqual([0, 1])
})

test('an impersonated session says who acts, and a request with an origin whom the token is for', () => {
  const acted = { ...subject, actor: { sub: 'user_2' } }
  const claims = sessionClaims(acted, v2, { ...issue, authorizedParty: 'http://localhost:3000' })
  expect(claims).toMatchObject({ act: { sub: 'user_2' }, azp: 'http://localhost:3000' })
})

test('a pending session says so', () => {
  expect(sessionClaims({ ...subject, sessionStatus: 'pending' }, v2, issue)['sts']).toBe('pending')
})

test('custom claims are rendered and never replace a default claim', () => {
  const customClaims = {
    role: 'authenticated',
    plan: '{{user.public_metadata.plan}}',
    desk: '{{org_membership.public_metadata.desk}}',
    sub: 'somebody',
    org_id: 'org_forged',
    fva: [0, 0],
    sid: 'x',
    o: {},
  }
  const claims = sessionClaims(subject, renderedFor(subject, { ...v2, customClaims }), issue)
  expect(claims).toMatchObject({ role: 'authenticated', plan: 'pro', desk: null, sub: 'user_1', fva: [2, -1] })
  expect(claims).not.toHaveProperty('org_id')
  expect(claims).not.toHaveProperty('o')
})

test('a shape tells whether a token needs to know more than its session', () => {
  expect(namesNoSubject({ ...v2, customClaims: { role: 'authenticated' } })).toBe(true)
  expect(namesNoSubject({ ...v2, customClaims: { mail: '{{user.primary_email_address}}' } })).toBe(false)
})
