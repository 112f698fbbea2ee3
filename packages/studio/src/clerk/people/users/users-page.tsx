// Users: who is there, and who was invited.

import { useNavigate, useSearch } from '@tanstack/react-router'

import { Button } from '../../../ui/button.tsx'
import { Page } from '../../../ui/display/page.tsx'
import { Tabs } from '../../../ui/display/tabs.tsx'
import { useThisInstance } from '../../api/clerk-request.ts'
import { useGo } from '../../parts/within-instance.tsx'
import { UserInvitations } from '../invitations/user-invitations.tsx'
import { CreateUserSheet } from './list/create-user-sheet.tsx'
import { UserList } from './list/user-list.tsx'

export function UsersPage() {
  const tab = useSearch({ strict: false, select: (search) => (search.tab === 'invitations' ? 'invitations' : 'list') })
  const navigate = useNavigate()
  return (
    <Page
      title="Users"
      description="Everybody who has signed up, was created here or is invited."
      actions={<Actions />}
    >
      <Tabs
        label="Views of users"
        value={tab}
        onChange={(next) => void navigate({ to: '.', search: next === 'list' ? {} : { tab: next }, replace: true })}
        tabs={[
          { id: 'list', label: 'Users', content: <UserList /> },
          { id: 'invitations', label: 'Invitations', content: <UserInvitations /> },
        ]}
      />
    </Page>
  )
}

function Actions() {
  const go = useGo()
  const navigate = useNavigate()
  const mailbox = useThisInstance()?.mailboxUrl
  const creating = useSearch({ strict: false, select: ({ sheet }) => sheet === 'create' })
  return (
    <>
      {typeof mailbox === 'string' && (
        <a
          href={mailbox}
          target="_blank"
          rel="noreferrer"
          className="inline-flex h-9 items-center rounded-md border border-line bg-surface px-3 text-sm font-medium hover:bg-sunken"
        >
          Open the mailbox
        </a>
      )}
      <Button variant="primary" onClick={() => go('/users', { sheet: 'create' })}>
        Create user
      </Button>
      {creating && (
        <CreateUserSheet
          onClose={() => void navigate({ to: '.', search: {} })}
          onCreated={({ id }) => go(`/users/${id}`)}
        />
      )}
    </>
  )
}
