import { expect, test } from 'vitest'

import { Refusal } from '../../../../refusal/refusal.ts'
import type { ChangeRequest } from '../subscribing/change-request.ts'
import { saySubscriptionRefused } from './say-subscribed.ts'

const request: ChangeRequest = {
  event: '*',
  schema: 'public',
  table: 'notes',
  filter: null,
  select: null,
  since: null,
}

test('a table that is not there is said in upstream’s sentence, and the reason beside it', () => {
  const missing = new Refusal('realtime.table-missing', { schema: 'public', table: 'notes' })
  expect(saySubscriptionRefused(request, missing)).toEqual({
    message:
      'Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given connect parameters: [event: *, schema: public, table: notes, filters: [], select: nil]',
    hint: 'there is no table public.notes',
  })
})

test.each([
  [{ filter: 'id=eq.hey' }, 'filters: [{"id", "eq", "hey", false}], select: nil'],
  [
    { filter: 'id=not.in.(1,2),a=is.null' },
    'filters: [{"id", "in", "{1,2}", true}, {"a", "is", "null", false}], select: nil',
  ],
  [{ table: null, select: ['id', 'a b'] }, 'table: *, filters: [], select: ["id", "a b"]'],
])('what was asked for is shown as upstream shows it: %j', (more, shown) => {
  const refused = new Refusal('realtime.subscription-invalid', { reason: 'no' })
  const { message, hint } = saySubscriptionRefused({ ...request, ...more }, refused)
  expect(message).toContain(
    `An exception happened so please check your connect parameters: [event: *, schema: public, `,
  )
  expect(message).toContain(`${shown}]. Exception: no`)
  expect(hint).toBeNull()
})
