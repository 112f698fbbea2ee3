// Organizations: the list, and the roles that people have in them.

import { useNavigate, useSearch } from '@tanstack/react-router'

import { Button } from '../../../ui/button.tsx'
import { Page } from '../../../ui/display/page.tsx'
import { Tabs } from '../../../ui/display/tabs.tsx'
import { useGo } from '../../parts/within-instance.tsx'
import { CreateOrganizationSheet } from './create-organization-sheet.tsx'
import { OrganizationList } from './organization-list.tsx'
import { Roles } from './roles/roles.tsx'

export function OrganizationsPage() {
  const { tab, creating } = useSearch({
    strict: false,
    select: (search) =>
      ({ tab: search.tab === 'roles' ? 'roles' : 'list', creating: search.sheet === 'create' }) as const,
  })
  const navigate = useNavigate()
  const go = useGo()
  return (
    <Page
      title="Organizations"
      description="Groups of people with roles, and one of them active in a session."
      actions={
        <Button variant="primary" onClick={() => go('/organizations', { sheet: 'create' })}>
          Create organization
        </Button>
      }
    >
      <Tabs
        label="Views of organizations"
        value={tab}
        onChange={(next) => void navigate({ to: '.', search: next === 'list' ? {} : { tab: next }, replace: true })}
        tabs={[
          { id: 'list', label: 'Organizations', content: <OrganizationList /> },
          { id: 'roles', label: 'Roles and permissions', content: <Roles /> },
        ]}
      />
      {creating && (
        <CreateOrganizationSheet
          onClose={() => void navigate({ to: '.', search: {} })}
          onCreated={({ id }) => go(`/organizations/${id}`)}
        />
      )}
    </Page>
  )
}
