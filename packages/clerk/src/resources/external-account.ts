// An account with another provider, as both doors print it.

import type { ExternalAccount } from '../state/people/external-accounts.ts'

/** The account as both APIs and webhooks print it; tokens are never part of it. */
export function externalAccountResource(account: ExternalAccount): object {
  return {
    object: 'external_account',
    id: account.id,
    provider: account.strategy,
    identification_id: account.identificationId,
    provider_user_id: account.providerUserId,
    approved_scopes: account.approvedScopes,
    email_address: account.emailAddress ?? '',
    email_address_verified: account.emailVerified,
    first_name: account.firstName ?? '',
    last_name: account.lastName ?? '',
    avatar_url: account.imageUrl ?? '',
    image_url: account.imageUrl ?? '',
    username: account.username,
    phone_number: null,
    public_metadata: account.publicMetadata,
    label: account.label,
    verification: {
      object: 'verification_oauth',
      status: account.verificationStatus,
      strategy: account.strategy,
      attempts: null,
      expire_at: null,
      error: account.verificationError,
      external_verification_redirect_url: account.verificationUrl,
    },
    created_at: account.createdAt,
    updated_at: account.updatedAt,
  }
}
