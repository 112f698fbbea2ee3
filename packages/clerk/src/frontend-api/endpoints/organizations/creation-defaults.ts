// What the form for a new organization may begin with.

import { slugOf } from '../../../parameters/identifiers.ts'
import { commonEmailDomains } from '../../../parameters/common-email-domains.ts'
import { requireUser } from '../../../state/people/users.ts'
import { type FrontendAnswer, resource, type SessionRequest } from '../../frontend-request.ts'

/** A name after the domain of the user's primary address, where that is not a mail provider's. */
export async function creationDefaults({ store, session }: SessionRequest): Promise<FrontendAnswer> {
  const user = await requireUser(store, session.userId)
  const primary = user.emailAddresses.find(({ id }) => id === user.primaryEmailAddressId)
  const [, domain = ''] = primary?.emailAddress.split('@') ?? []
  const [label = ''] = commonEmailDomains.has(domain) ? [] : domain.split('.')
  const name = label.slice(0, 1).toUpperCase() + label.slice(1)
  const form = { name, slug: name === '' ? '' : slugOf(name), logo: null, blur_hash: null }
  return resource({ object: 'organization_creation_defaults', advisory: null, form })
}
