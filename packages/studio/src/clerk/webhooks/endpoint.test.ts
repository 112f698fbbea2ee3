import { expect, test } from 'vitest'

import { eventGroups, urlProblem } from './endpoint.ts'

test.each(['http://127.0.0.1:3000/api/webhooks', 'https://app.example.com'])('%s is an address', (url) => {
  expect(urlProblem(url)).toBeUndefined()
})

test.each(['', 'app.example.com', 'ftp://example.com', 'https://me:secret@example.com'])('“%s” is none', (url) => {
  expect(urlProblem(url)).toMatch(/http/)
})

test('event types are grouped by what they are about and narrowed by a search', () => {
  const types = ['user.created', 'user.deleted', 'organizationMembership.created']
  expect(eventGroups(types, '')).toEqual([
    ['user', ['user.created', 'user.deleted']],
    ['organizationMembership', ['organizationMembership.created']],
  ])
  expect(eventGroups(types, ' MEMBER')).toEqual([['organizationMembership', ['organizationMembership.created']]])
})
