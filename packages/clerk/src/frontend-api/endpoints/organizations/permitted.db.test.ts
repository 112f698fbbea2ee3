// Who may do what in an organization: every endpoint, by an admin, a member, a custom role and an outsider.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Companies, type Company, type Person, startCompanies } from './companies.test-support.ts'

let companies: Companies

beforeAll(async () => {
  companies = await startCompanies()
})

afterAll(async () => {
  await companies.provider.stop()
})

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

const everybody: readonly Person[] = ['admin', 'member', 'recruiter', 'outsider']
const insiders: readonly Person[] = ['admin', 'member', 'recruiter']
const managers: readonly Person[] = ['admin', 'recruiter']
const admins: readonly Person[] = ['admin']

const table: readonly [
  who: readonly Person[],
  method: Method,
  path: (company: Company) => string,
  form?: (company: Company) => Record<string, string>,
][] = [
  [insiders, 'GET', () => ''],
  [admins, 'PATCH', () => '', () => ({ name: 'Acme & Co' })],
  [admins, 'DELETE', () => ''],
  [admins, 'DELETE', () => '/logo'],
  [insiders, 'GET', () => '/roles'],
  [insiders, 'GET', () => '/memberships?paginated=true'],
  [managers, 'POST', () => '/memberships', ({ people }) => ({ user_id: people.outsider.userId, role: 'org:member' })],
  [managers, 'PATCH', ({ spare }) => `/memberships/${spare.userId}`, () => ({ role: 'org:recruiter' })],
  [managers, 'DELETE', ({ spare }) => `/memberships/${spare.userId}`],
  [managers, 'GET', () => '/invitations'],
  [managers, 'GET', () => '/invitations/pending'],
  [managers, 'POST', () => '/invitations', () => ({ email_address: companies.address(), role: 'org:member' })],
  [managers, 'POST', () => '/invitations/bulk', () => ({ email_address: companies.address(), role: 'org:member' })],
  [managers, 'POST', ({ invitationId }) => `/invitations/${invitationId}/revoke`],
  [managers, 'GET', () => '/membership_requests'],
  [admins, 'GET', () => '/domains'],
  [admins, 'GET', ({ domainId }) => `/domains/${domainId}`],
  [admins, 'POST', () => '/domains', () => ({ name: companies.domainName() })],
  [
    admins,
    'POST',
    ({ domainId }) => `/domains/${domainId}/update_enrollment_mode`,
    () => ({ enrollment_mode: 'automatic_suggestion' }),
  ],
  [
    admins,
    'POST',
    ({ domainId }) => `/domains/${domainId}/prepare_affiliation_verification`,
    ({ domainName }) => ({ affiliation_email_address: `boss@${domainName}` }),
  ],
  [admins, 'DELETE', ({ domainId }) => `/domains/${domainId}`],
]

describe('only who is permitted', () => {
  test.each(table.map((row) => [row[1], row[2].toString().replace(/^.*=> /, ''), row] as const))(
    '%s %s',
    async (method, _shown, [permitted, , path, form]) => {
      const made = await companies.company()
      for (const person of everybody.filter((one) => !permitted.includes(one))) {
        const refused = await made.people[person].ask(`${made.path}${path(made)}`, {
          method,
          ...(form && { form: form(made) }),
        })
        expect([person, refused.status, refused.code]).toEqual(
          person === 'outsider'
            ? [person, 404, 'organization_not_found_or_unauthorized']
            : [person, 403, 'missing_organization_permission'],
        )
      }
      for (const person of permitted) {
        const own = person === 'admin' ? made : await companies.company()
        const answered = await own.people[person].ask(`${own.path}${path(own)}`, {
          method,
          ...(form && { form: form(own) }),
        })
        expect([person, answered.status, answered.code]).toEqual([person, 200, undefined])
      }
    },
  )
})
