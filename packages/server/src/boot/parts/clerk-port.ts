// What the platform's endpoints may know of the built-in Clerk instances.

import type { ClerkPort } from '../../platform/clerk/clerk-instance.ts'
import type { ProjectConfig } from '../config/project-config.ts'
import type { StackFacts } from '../running/stack-facts.ts'
import type { OpenIdentity } from './open-identity.ts'
import { urlHost } from './url-host.ts'

/** The instances as they run, with what the configuration says of them. */
export function clerkPort({ clerk, mailbox }: ProjectConfig, { verifier }: OpenIdentity, facts: StackFacts): ClerkPort {
  const known = new Map(clerk.instances.map((instance) => [instance.name, instance]))
  return {
    instances: () =>
      facts.clerk?.map(({ name, issuer, publishableKey, secretKey, frontendApiUrl, backendApiUrl, jwksUrl }) => {
        const { domain = '', environment = 'development' } = known.get(name) ?? {}
        return { name, domain, issuer, environment, publishableKey, secretKey, frontendApiUrl, backendApiUrl, jwksUrl }
      }) ?? null,
    isTrusted: (issuer) => verifier.deps.registry.named(issuer) !== undefined,
    mailboxUrl: mailbox.enabled ? `http://${urlHost(mailbox.host)}:${mailbox.port}` : null,
  }
}
