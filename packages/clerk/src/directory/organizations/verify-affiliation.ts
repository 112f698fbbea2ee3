// Proof that an organization's people have addresses at a domain: a code, sent to one of them.

import { recordDomain } from '../../outbox/events/organization-events.ts'
import { affiliationCodeLetter } from '../../outbox/messages/organization-letters.ts'
import { recordMessage } from '../../outbox/messages/record-message.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Instance } from '../../state/instance/instance.ts'
import {
  affiliationDigest,
  type OrganizationDomain,
  requireDomain,
  updateDomain,
} from '../../state/organizations/organization-domains.ts'
import type { Store } from '../../state/database/store.ts'
import { codeDigestOf, isCodeOf, isTestRecipient, newCode } from '../../proof/verification/codes.ts'
import { countLetter } from '../../proof/verification/require-sendable.ts'
import { enrollByDomain } from './enroll-by-domain.ts'
import { isVerified, verifiedNow } from './organization-domains.ts'

const codeLifetime = 600_000
const mostAttempts = 3

/** Sends a code to an address. Refuses an unknown domain, one that is verified, an address elsewhere, and too many codes. */
export async function prepareAffiliation(
  instance: Instance,
  store: Store,
  organizationId: string,
  id: string,
  emailAddress: string,
): Promise<OrganizationDomain> {
  const { testMode } = (await instance.snapshot()).settings
  return store.atomically(async (inner) => {
    const domain = await requireDomain(inner, organizationId, id)
    if (isVerified(domain)) throw new ClerkRefusal('affiliation_already_verified', {})
    if (!emailAddress.endsWith(`@${domain.name}`)) throw new ClerkRefusal('organization_domain_mismatch', {})
    await requireFewCodes(inner, domain, emailAddress, testMode)
    const code = newCode(emailAddress, testMode)
    await updateDomain(inner, id, {
      affiliation_email_address: emailAddress,
      affiliation_status: 'unverified',
      affiliation_strategy: 'email_code',
      affiliation_code_digest: codeDigestOf(id, code),
      affiliation_attempts: 0,
      affiliation_expire_at: inner.now() + codeLifetime,
    })
    const silent = testMode && isTestRecipient(emailAddress)
    if (!silent) await recordMessage(inner, affiliationCodeLetter(emailAddress, domain.organization.name, code))
    const prepared = await requireDomain(inner, organizationId, id)
    await recordDomain(inner, 'updated', prepared)
    return prepared
  })
}

/** Takes the code. Refuses a wrong one (three times at most), one whose time is over, and one that was never sent. */
export async function attemptAffiliation(
  instance: Instance,
  store: Store,
  organizationId: string,
  id: string,
  code: string,
): Promise<OrganizationDomain> {
  const { organizations } = (await instance.snapshot()).settings
  // The count of attempts is kept although the attempt is refused, so the refusal is thrown outside.
  const outcome = await store.atomically(async (inner) => {
    const digest = await affiliationDigest(inner, id)
    const domain = await requireDomain(inner, organizationId, id)
    const refusal = refusalOf(inner, domain, digest)
    if (refusal !== null) return refusal
    if (digest === null || !isCodeOf(id, code, digest)) {
      await updateDomain(inner, id, { affiliation_attempts: (domain.affiliation?.attempts ?? 0) + 1 })
      return new ClerkRefusal('affiliation_code_incorrect', { param: 'code' })
    }
    await updateDomain(inner, id, { ...verifiedNow(inner, 'email_code'), affiliation_code_digest: null })
    await enrollByDomain(inner, organizations, { domainId: id })
    const verified = await requireDomain(inner, organizationId, id)
    await recordDomain(inner, 'updated', verified)
    return verified
  })
  if (outcome instanceof ClerkRefusal) throw outcome
  return outcome
}

/** A mailbox is somebody's; and each code takes three guesses, to whichever address of the domain it went. */
async function requireFewCodes(
  store: Store,
  { id }: OrganizationDomain,
  emailAddress: string,
  testMode: boolean,
): Promise<void> {
  await countLetter(store, emailAddress, testMode)
  if (!testMode || !isTestRecipient(emailAddress)) await countLetter(store, id, testMode)
}

function refusalOf(store: Store, { affiliation }: OrganizationDomain, digest: Buffer | null): ClerkRefusal | null {
  if (affiliation?.status === 'verified') return new ClerkRefusal('affiliation_already_verified', {})
  if (affiliation === null || digest === null) return new ClerkRefusal('affiliation_not_prepared', {})
  if ((affiliation.expireAt ?? 0) <= store.now()) return new ClerkRefusal('affiliation_code_expired', {})
  if (affiliation.attempts >= mostAttempts) return new ClerkRefusal('affiliation_attempts_exceeded', {})
  return null
}
