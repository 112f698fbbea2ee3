// Whose issuer an address is, as far as the address tells.

import type { Issuer } from '../../../../identity/issuers/issuer.ts'
import { type IntegrationType, integrationTypes } from '../entries/entry.ts'

const hosts: readonly (readonly [RegExp, IntegrationType])[] = [
  [/^clerk\.|\.clerk\.accounts\.dev$/, 'clerk'],
  [/^securetoken\.google\.com$/, 'firebase'],
  [/\.auth0\.com$/, 'auth0'],
  [/^cognito-idp\..*\.amazonaws\.com$/, 'aws_cognito'],
  [/(^|\.)workos\.com$/, 'workos'],
]

/** By the name of its table where that is a provider's, else by its host. */
export function inferType({ name, issuer, keys }: Issuer): IntegrationType {
  const known = integrationTypes.find((type) => type === name)
  if (known !== undefined) return known
  const url = issuer ?? (keys.kind === 'inline' ? '' : keys.url)
  const host = URL.parse(url)?.hostname ?? ''
  return hosts.find(([pattern]) => pattern.test(host))?.[1] ?? 'custom'
}
