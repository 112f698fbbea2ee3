// A provider at which companies are made: an admin, a member, a recruiter and a spare hand in each, and what is in it.

import { type Browser, type SignedInProvider, startSignedIn } from '../../signed-in.test-support.ts'

/** An organization, its people, and everything an endpoint may name. */
export interface Company {
  readonly id: string
  /** Of the organization in the Frontend API and, as it happens, in the Backend API. */
  readonly path: string
  readonly people: Readonly<Record<Person, Browser>>
  /** One more member. */
  readonly spare: Browser
  readonly invitationId: string
  readonly domainId: string
  readonly domainName: string
}

/** The outsider is signed in, and in no organization. */
export type Person = 'admin' | 'member' | 'recruiter' | 'outsider'

/** The provider, and how people and companies come to it. */
export interface Companies {
  readonly provider: SignedInProvider
  /** An address that nobody has. */
  address(domain?: string): string
  /** A name that no domain has. */
  domainName(): string
  somebody(email?: string): Promise<Browser>
  company(): Promise<Company>
}

/** Starts a provider whose organizations may have domains, with a role for those who manage members and nothing else. */
export async function startCompanies(): Promise<Companies> {
  const provider = await startSignedIn({
    organizations: { domainsEnabled: true, enrollmentModes: ['automatic_invitation', 'automatic_suggestion'] },
  })
  await provider.backend('POST', '/organization_roles', {
    name: 'Recruiter',
    key: 'org:recruiter',
    permissions: ['org:sys_memberships:manage'],
  })
  let count = 0
  const address = (domain = 'example.com') => `person-${(count += 1)}@${domain}`
  const domainName = () => `firm-${(count += 1)}.example`
  const somebody = (email = address()) => provider.signedIn({ email_address: [email] })
  const companies = { provider, address, domainName, somebody }
  return { ...companies, company: () => makeCompany(companies) }
}

async function makeCompany({ provider, address, domainName, somebody }: Omit<Companies, 'company'>): Promise<Company> {
  const admin = await somebody()
  const id = idOf((await admin.post('/organizations', { name: 'Acme' })).response)
  const path = `/organizations/${id}`
  const join = async (role: string): Promise<Browser> => {
    const browser = await somebody()
    await provider.backend('POST', `${path}/memberships`, { user_id: browser.userId, role })
    return browser
  }
  const [member, recruiter, spare] = [await join('org:member'), await join('org:recruiter'), await join('org:member')]
  const invited = await admin.post(`${path}/invitations`, { email_address: address(), role: 'org:member' })
  const name = domainName()
  const domain = await admin.post(`${path}/domains`, { name })
  return {
    id,
    path,
    people: { admin, member, recruiter, outsider: await somebody() },
    spare,
    invitationId: idOf(invited.response),
    domainId: idOf(domain.response),
    domainName: name,
  }
}

/** The id of a resource. */
export function idOf(resource: Readonly<Record<string, unknown>>): string {
  return String(resource['id'])
}
