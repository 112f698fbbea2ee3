// One organization, view by view.

import { useNavigate, useParams, useSearch } from '@tanstack/react-router'

import { CopyValue } from '../../../ui/display/copy.tsx'
import { Loading, Page } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Tabs } from '../../../ui/display/tabs.tsx'
import { useClerk } from '../../api/clerk-request.ts'
import { MetadataEditor } from '../metadata-editor.tsx'
import { Invitations } from './invitations.tsx'
import { Members } from './members.tsx'
import { OrganizationSettings } from './organization-settings.tsx'
import type { Organization } from './organization.ts'

export function OrganizationPage() {
  const id = useParams({ strict: false, select: (params) => params.organization ?? '' })
  const organization = useClerk<Organization>(`/organizations/${encodeURIComponent(id)}`)
  return (
    <Page title={organization.data?.name ?? 'Organization'} description={organization.data?.slug}>
      <RefusalNote error={organization.error} />
      {organization.isPending && <Loading />}
      {organization.data !== undefined && <Views key={organization.data.id} organization={organization.data} />}
    </Page>
  )
}

const ids = ['members', 'invitations', 'metadata', 'settings'] as const

function Views({ organization }: { readonly organization: Organization }) {
  const tab = useSearch({ strict: false, select: (search) => ids.find((id) => id === search.tab) ?? 'members' })
  const navigate = useNavigate()
  const path = `/organizations/${organization.id}`
  return (
    <>
      <div className="sm:max-w-md">
        <CopyValue label="organization id" value={organization.id} />
      </div>
      <Tabs
        label="Views of the organization"
        value={tab}
        onChange={(next) => void navigate({ to: '.', search: next === 'members' ? {} : { tab: next }, replace: true })}
        tabs={[
          { id: 'members', label: 'Members', content: <Members organizationId={organization.id} /> },
          { id: 'invitations', label: 'Invitations', content: <Invitations organizationId={organization.id} /> },
          {
            id: 'metadata',
            label: 'Metadata',
            content: (
              <div className="flex flex-col gap-5">
                <MetadataEditor kind="public" value={organization.public_metadata} path={path} />
                <MetadataEditor kind="private" value={organization.private_metadata} path={path} />
              </div>
            ),
          },
          { id: 'settings', label: 'Settings', content: <OrganizationSettings organization={organization} /> },
        ]}
      />
    </>
  )
}
