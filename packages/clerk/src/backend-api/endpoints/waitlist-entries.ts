// The endpoints under /waitlist_entries.

import {
  deleteFromWaitlist,
  inviteFromWaitlist,
  joinWaitlist,
  rejectFromWaitlist,
} from '../../directory/people/waitlist.ts'
import { type Body, optionalFlag, requireBodies, requireBody, requireText } from '../../parameters/body.ts'
import { requireEmailForm } from '../../parameters/identifiers.ts'
import { choiceOf, oneValue, orderOf, pageOf } from '../../parameters/query.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { deletion } from '../../resources/listing.ts'
import { waitlistEntryResource } from '../../resources/waitlist-entry.ts'
import { requireInvitation } from '../../state/people/invitations.ts'
import type { Store } from '../../state/database/store.ts'
import {
  listWaitlistEntries,
  type WaitlistEntry,
  waitlistOrders,
  waitlistStatuses,
} from '../../state/people/waitlist-entries.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const waitlistEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/waitlist_entries', answer: waitlist },
  { method: 'POST', path: '/waitlist_entries', answer: createEntry },
  { method: 'POST', path: '/waitlist_entries/bulk', answer: createEntries },
  { method: 'DELETE', path: '/waitlist_entries/:id', answer: removeEntry },
  { method: 'POST', path: '/waitlist_entries/:id/invite', answer: inviteEntry },
  { method: 'POST', path: '/waitlist_entries/:id/reject', answer: rejectEntry },
]

const parameters = ['email_address', 'notify']
const mostAtOnce = 50

async function waitlist({ store, query }: BackendRequest): Promise<object> {
  const filter = { status: choiceOf(query, 'status', waitlistStatuses), query: oneValue(query, 'query') }
  const order = orderOf(query, waitlistOrders, { column: 'created_at', direction: 'desc' })
  const { items, total } = await listWaitlistEntries(store, filter, order, pageOf(query))
  return { data: await Promise.all(items.map((entry) => entryAnswer(store, entry))), total_count: total }
}

async function createEntry({ store, body }: BackendRequest): Promise<object> {
  const { emailAddress, notify } = joiningOf(requireBody(body, parameters))
  return entryAnswer(store, await joinWaitlist(store, emailAddress, notify))
}

async function createEntries({ store, body }: BackendRequest): Promise<object> {
  const all = requireBodies(body, parameters, mostAtOnce).map(joiningOf)
  const repeated = all.find(
    ({ emailAddress }, index) => all.findIndex((other) => other.emailAddress === emailAddress) < index,
  )
  if (repeated !== undefined) {
    throw new ClerkRefusal('form_param_value_invalid', { param: 'email_address', value: repeated.emailAddress })
  }
  return store.atomically(async (inner) => {
    const answers: object[] = []
    for (const { emailAddress, notify } of all)
      answers.push(await entryAnswer(inner, await joinWaitlist(inner, emailAddress, notify)))
    return answers
  })
}

async function removeEntry(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'id')
  await deleteFromWaitlist(request.store, id)
  return deletion('waitlist_entry', id)
}

async function inviteEntry(request: BackendRequest): Promise<object> {
  const { instance, store } = request
  const ignoreExisting = optionalFlag(requireBody(request.body, ['ignore_existing']), 'ignore_existing') ?? false
  return entryAnswer(store, await inviteFromWaitlist(instance, store, pathValue(request, 'id'), ignoreExisting))
}

async function rejectEntry({ store, path }: BackendRequest): Promise<object> {
  return entryAnswer(store, await rejectFromWaitlist(store, path['id'] ?? ''))
}

async function entryAnswer(store: Store, entry: WaitlistEntry): Promise<object> {
  const invitation = entry.invitationId === null ? null : await requireInvitation(store, entry.invitationId)
  return waitlistEntryResource(entry, invitation)
}

function joiningOf(body: Body): { readonly emailAddress: string; readonly notify: boolean } {
  return {
    emailAddress: requireEmailForm(requireText(body, 'email_address')),
    notify: optionalFlag(body, 'notify') ?? true,
  }
}
