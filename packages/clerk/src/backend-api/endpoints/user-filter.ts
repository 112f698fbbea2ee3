// The filters that `/users`, `/users/count` and membership lists share.

import type { UserFilter } from '../../state/people/find-users.ts'
import { sent } from '../../parameters/body.ts'
import {
  flag,
  manyNumbers,
  manyValues,
  oneValue,
  type Query,
  signedIds,
  spanOf,
  wholeNumber,
} from '../../parameters/query.ts'

/** The user filter of a query string. Refuses values that no filter of their kind can have. */
export function userFilterOf(query: Query): UserFilter {
  return {
    emailAddresses: manyValues(query, 'email_address'),
    phoneNumbers: manyNumbers(query, 'phone_number'),
    usernames: manyValues(query, 'username'),
    web3Wallets: manyValues(query, 'web3_wallet'),
    providers: manyValues(query, 'provider').map((provider) => `oauth_${provider.replace(/^oauth_/, '')}`),
    providerUserIds: manyValues(query, 'provider_user_id'),
    userIds: signedIds(query, 'user_id'),
    externalIds: signedIds(query, 'external_id'),
    organizationIds: signedIds(query, 'organization_id'),
    query: oneValue(query, 'query'),
    emailAddressQuery: oneValue(query, 'email_address_query'),
    phoneNumberQuery: oneValue(query, 'phone_number_query')?.replace(/^ /, '+'),
    usernameQuery: oneValue(query, 'username_query'),
    nameQuery: oneValue(query, 'name_query'),
    banned: flag(query, 'banned'),
    lastActive: { after: activeSince(query), ...sent(spanOf(query, 'last_active_at')) },
    created: spanOf(query, 'created_at'),
    lastSignIn: spanOf(query, 'last_sign_in_at'),
  }
}

/** `last_active_at_since`, the older form of `last_active_at_after`, takes its own moment in. */
function activeSince(query: Query): number | undefined {
  const since = wholeNumber(query, 'last_active_at_since')
  return since === undefined ? undefined : since - 1
}
