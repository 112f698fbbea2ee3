// One user, view by view.

import { useNavigate, useParams, useSearch } from '@tanstack/react-router'

import { CopyValue } from '../../../ui/display/copy.tsx'
import { Loading, Page } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Tabs } from '../../../ui/display/tabs.tsx'
import { useClerk } from '../../api/clerk-request.ts'
import { timeOf } from '../../../ui/words/time-of.ts'
import { MetadataEditor } from '../metadata-editor.tsx'
import { UserProfile } from './profile/user-profile.tsx'
import { UserSecurity } from './security/user-security.tsx'
import { UserSessions } from './security/user-sessions.tsx'
import { UserActions } from './user-actions.tsx'
import { nameOfUser, type User } from './user.ts'
import { UserOrganizations } from './profile/user-organizations.tsx'
import { UserState } from './list/user-list.tsx'

export function UserPage() {
  const id = useParams({ strict: false, select: (params) => params.user ?? '' })
  const user = useClerk<User>(`/users/${encodeURIComponent(id)}`)
  return (
    <Page
      title={user.data === undefined ? 'User' : nameOfUser(user.data)}
      description={user.data === undefined ? undefined : `Joined ${timeOf(user.data.created_at)}`}
      actions={user.data !== undefined && <UserActions user={user.data} />}
    >
      <RefusalNote error={user.error} />
      {user.isPending && <Loading />}
      {user.data !== undefined && <Views key={user.data.id} user={user.data} />}
    </Page>
  )
}

const ids = ['profile', 'metadata', 'sessions', 'security', 'organizations'] as const

function Views({ user }: { readonly user: User }) {
  const tab = useSearch({ strict: false, select: (search) => ids.find((id) => id === search.tab) ?? 'profile' })
  const navigate = useNavigate()
  const path = `/users/${user.id}`
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 flex-1 sm:max-w-md">
          <CopyValue label="user id" value={user.id} />
        </div>
        <UserState user={user} />
      </div>
      <Tabs
        label="Views of the user"
        value={tab}
        onChange={(next) => void navigate({ to: '.', search: next === 'profile' ? {} : { tab: next }, replace: true })}
        tabs={[
          { id: 'profile', label: 'Profile', content: <UserProfile user={user} /> },
          {
            id: 'metadata',
            label: 'Metadata',
            content: (
              <div className="flex flex-col gap-5">
                <MetadataEditor kind="public" value={user.public_metadata} path={path} />
                <MetadataEditor kind="private" value={user.private_metadata} path={path} />
                <MetadataEditor kind="unsafe" value={user.unsafe_metadata} path={path} />
              </div>
            ),
          },
          { id: 'sessions', label: 'Sessions', content: <UserSessions userId={user.id} /> },
          { id: 'security', label: 'Security', content: <UserSecurity user={user} /> },
          { id: 'organizations', label: 'Organizations', content: <UserOrganizations userId={user.id} /> },
        ]}
      />
    </>
  )
}
