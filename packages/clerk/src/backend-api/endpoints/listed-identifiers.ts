// The endpoints under /allowlist_identifiers and /blocklist_identifiers.

import { invitationDays, invite } from '../../directory/people/invite.ts'
import { optionalFlag, requireBody, requireText } from '../../parameters/body.ts'
import { requireEmailForm, requirePhoneForm } from '../../parameters/identifiers.ts'
import { pageOf } from '../../parameters/query.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { deletion, listing, maybePaginated } from '../../resources/listing.ts'
import {
  deleteListedIdentifier,
  type IdentifierList,
  type IdentifierType,
  insertListedIdentifier,
  type ListedIdentifier,
  listIdentifiers,
} from '../../state/people/listed-identifiers.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const listedIdentifierEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/allowlist_identifiers', answer: allowlist },
  { method: 'POST', path: '/allowlist_identifiers', answer: allow },
  { method: 'DELETE', path: '/allowlist_identifiers/:id', answer: (request) => remove(request, 'allowlist') },
  { method: 'GET', path: '/blocklist_identifiers', answer: blocklist },
  { method: 'POST', path: '/blocklist_identifiers', answer: block },
  { method: 'DELETE', path: '/blocklist_identifiers/:id', answer: (request) => remove(request, 'blocklist') },
]

async function allowlist({ store, query }: BackendRequest): Promise<object> {
  const list = await listIdentifiers(store, 'allowlist', pageOf(query))
  return maybePaginated(query, list, (listed) => listedResource(store.instanceId, 'allowlist', listed))
}

/** Always an envelope, and whole unless a page is asked for: Clerk's specification knows no pages here, the SDK does. */
async function blocklist({ store, query }: BackendRequest): Promise<object> {
  const paged = query.has('limit') || query.has('offset')
  const list = await listIdentifiers(store, 'blocklist', paged ? pageOf(query) : null)
  return listing(list, (listed) => listedResource(store.instanceId, 'blocklist', listed))
}

async function allow({ instance, store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['identifier', 'notify'])
  const form = requireListable(requireText(read, 'identifier'))
  const invites = optionalFlag(read, 'notify') === true && isAddress(form)
  const listed = await store.atomically(async (inner) => {
    const invitationId = invites ? await invitationFor(form.identifier) : null
    return insertListedIdentifier(inner, 'allowlist', { ...form, invitationId })

    async function invitationFor(emailAddress: string): Promise<string> {
      const sent = await invite(instance, inner, {
        emailAddress,
        publicMetadata: {},
        redirectUrl: null,
        expiresInDays: invitationDays,
        notify: true,
        slug: 'invitation',
        ignoreInvitation: true,
        ignoreUser: true,
      })
      return sent.invitation.id
    }
  })
  return listedResource(store.instanceId, 'allowlist', listed)
}

async function block({ store, body }: BackendRequest): Promise<object> {
  const form = requireListable(requireText(requireBody(body, ['identifier']), 'identifier'))
  const listed = await insertListedIdentifier(store, 'blocklist', { ...form, invitationId: null })
  return listedResource(store.instanceId, 'blocklist', listed)
}

async function remove(request: BackendRequest, list: IdentifierList): Promise<object> {
  const id = pathValue(request, 'id')
  await deleteListedIdentifier(request.store, list, id)
  return deletion(`${list}_identifier`, id)
}

interface Listable {
  readonly identifier: string
  readonly identifierType: IdentifierType
}

/** An e-mail address, `*@domain`, a phone number or a wallet, in its stored form. Refuses anything else. */
function requireListable(text: string): Listable {
  if (text.startsWith('*@')) {
    const [, domain = ''] = requireEmailForm(`x${text.slice(1)}`, 'identifier').split('@')
    return { identifier: `*@${domain}`, identifierType: 'email_address' }
  }
  if (text.startsWith('+')) return { identifier: requirePhoneForm(text, 'identifier'), identifierType: 'phone_number' }
  if (text.includes('@')) return { identifier: requireEmailForm(text, 'identifier'), identifierType: 'email_address' }
  if (/^0x[0-9a-f]{40}$/i.test(text)) return { identifier: text.toLowerCase(), identifierType: 'web3_wallet' }
  const expected = 'an email address, *@domain, a phone number or a wallet address'
  throw new ClerkRefusal('form_param_format_invalid', { param: 'identifier', expected })
}

function isAddress({ identifier, identifierType }: Listable): boolean {
  return identifierType === 'email_address' && !identifier.startsWith('*')
}

function listedResource(instanceId: string, list: IdentifierList, listed: ListedIdentifier): object {
  return {
    object: `${list}_identifier`,
    id: listed.id,
    identifier: listed.identifier,
    identifier_type: listed.identifierType,
    instance_id: instanceId,
    ...(listed.invitationId === null ? {} : { invitation_id: listed.invitationId }),
    created_at: listed.createdAt,
    updated_at: listed.updatedAt,
  }
}
