// Who may come in: the instance's restrictions on the identifiers that people sign up with. The Backend API is not
// held to them, as Clerk's is not.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { isClaimedWithoutDots } from '../../state/people/email-addresses.ts'
import type { ChangeableSettings } from '../../state/instance/instance-settings.ts'
import { isListed } from '../../state/people/listed-identifiers.ts'
import type { Store } from '../../state/database/store.ts'
import { disposableDomains } from './disposable-domains.ts'
import { ignoresDots, isSubaddress, listedForms, partsOf, withoutDots } from './email-forms.ts'

/** An identifier somebody wants to sign up with, in its stored form. */
export interface OfferedIdentifier {
  readonly type: 'email_address' | 'phone_number'
  readonly value: string
}

type Restrictions = ChangeableSettings['restrictions']

/**
 * Refuses an identifier that the instance's restrictions keep out. An invitation goes before them: who brings one is
 * not asked. The allow list goes before the block list.
 */
export async function requireAllowedIdentifier(
  store: Store,
  restrictions: Restrictions,
  offered: OfferedIdentifier,
): Promise<void> {
  if (offered.type === 'email_address') await requireAllowedForm(store, restrictions, offered.value)
  const forms = offered.type === 'email_address' ? emailForms(restrictions, offered.value) : [offered.value]
  if (restrictions.allowlist) {
    if (await isListed(store, 'allowlist', forms)) return
    throw notAllowed(offered)
  }
  if (restrictions.blocklist && (await isListed(store, 'blocklist', forms))) throw notAllowed(offered)
}

async function requireAllowedForm(store: Store, restrictions: Restrictions, emailAddress: string): Promise<void> {
  if (restrictions.blockEmailSubaddresses && isSubaddress(emailAddress)) {
    const reason = "Email address must not contain the characters '+', '=' or '#'."
    throw new ClerkRefusal('not_allowed_access', { param: 'email_address', message: 'Subaddress not allowed', reason })
  }
  if (restrictions.blockDisposableEmailDomains && disposableDomains.has(partsOf(emailAddress).domain)) {
    const reason = 'Addresses of throw-away mailboxes are not accepted.'
    throw new ClerkRefusal('not_allowed_access', { param: 'email_address', message: 'Disposable address', reason })
  }
  const dotless = restrictions.ignoreDotsForGmailAddresses && ignoresDots(emailAddress)
  if (dotless && (await isClaimedWithoutDots(store, withoutDots(emailAddress)))) {
    throw new ClerkRefusal('form_identifier_exists', { param: 'email_address', identifier: 'email address' })
  }
}

function emailForms({ ignoreDotsForGmailAddresses }: Restrictions, emailAddress: string): readonly string[] {
  const forms = listedForms(emailAddress)
  return ignoreDotsForGmailAddresses && ignoresDots(emailAddress) ? [...forms, withoutDots(emailAddress)] : forms
}

function notAllowed({ type, value }: OfferedIdentifier): ClerkRefusal {
  const reason = `${value} is not allowed to access this application.`
  return new ClerkRefusal('not_allowed_access', { param: type, message: 'Access not allowed.', reason })
}
