// The cast of the main job, made through Clerk's Backend API with the official client. Running twice
// finds the same people again by their addresses.

import type { ClerkClient } from '@clerk/backend'

export interface Person {
  readonly name: string
  readonly userId: string
  /** A fresh session token, as the browser's `session.getToken()` gives it. */
  readonly token: () => Promise<string>
}

export interface Cast {
  /** Admin of the organisation. */
  readonly alice: Person
  /** Member of the organisation. */
  readonly bob: Person
  readonly organization: string
}

/** Finds or makes Alice, Bob and their organisation, and signs both in. */
export async function assembleCast(clerk: ClerkClient): Promise<Cast> {
  const aliceId = await findOrCreateUser(clerk, 'Alice', 'alice@example.com')
  const bobId = await findOrCreateUser(clerk, 'Bob', 'bob@example.com')
  const organizationId = await findOrCreateOrganization(clerk, aliceId)
  await ensureMember(clerk, organizationId, bobId)
  const [alice, bob] = [await signIn(clerk, 'Alice', aliceId), await signIn(clerk, 'Bob', bobId)]
  return { alice, bob, organization: 'Acme' }
}

async function findOrCreateUser(clerk: ClerkClient, firstName: string, email: string): Promise<string> {
  const { data } = await clerk.users.getUserList({ emailAddress: [email] })
  const found = data[0]
  if (found !== undefined) return found.id
  const made = await clerk.users.createUser({ firstName, emailAddress: [email], skipPasswordRequirement: true })
  return made.id
}

async function findOrCreateOrganization(clerk: ClerkClient, createdBy: string): Promise<string> {
  const { data } = await clerk.organizations.getOrganizationList({ query: 'Acme' })
  const found = data.find((organization) => organization.name === 'Acme')
  return (found ?? (await clerk.organizations.createOrganization({ name: 'Acme', createdBy }))).id
}

async function ensureMember(clerk: ClerkClient, organizationId: string, userId: string): Promise<void> {
  const { data } = await clerk.organizations.getOrganizationMembershipList({ organizationId, limit: 100 })
  if (data.some((membership) => membership.publicUserData?.userId === userId)) return
  await clerk.organizations.createOrganizationMembership({ organizationId, userId, role: 'org:member' })
}

async function signIn(clerk: ClerkClient, name: string, userId: string): Promise<Person> {
  const session = await clerk.sessions.createSession({ userId })
  return { name, userId, token: async () => (await clerk.sessions.getToken(session.id)).jwt }
}
