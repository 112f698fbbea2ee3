// The users of an instance, page by page.

import { Badge } from '../../../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../../../ui/display/data-table.tsx'
import { Empty, Loading } from '../../../../ui/display/page.tsx'
import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { type Option, Select } from '../../../../ui/form/select.tsx'
import { useClerk } from '../../../api/clerk-request.ts'
import { Avatar } from '../../../parts/avatar.tsx'
import { LIST_ROWS, listParameters, useListSearch } from '../../../parts/list-search.ts'
import { Pages } from '../../../parts/pages.tsx'
import { SearchField } from '../../../parts/search-field.tsx'
import { timeOf } from '../../../../ui/words/time-of.ts'
import { ClerkLink } from '../../../parts/within-instance.tsx'
import { nameOfUser, primaryEmailOf, type User } from '../user.ts'

const orders: readonly Option[] = [
  { value: '-created_at', label: 'Newest first' },
  { value: '+created_at', label: 'Oldest first' },
  { value: '-last_sign_in_at', label: 'Last signed in' },
  { value: '+first_name', label: 'First name' },
  { value: '+last_name', label: 'Last name' },
  { value: '+email_address', label: 'Email address' },
]

export function UserList() {
  const list = useListSearch('-created_at')
  const users = useClerk<readonly User[]>(`/users?${listParameters(list)}`)
  const count = useClerk<{ readonly total_count: number }>(
    `/users/count${list.query === '' ? '' : `?query=${encodeURIComponent(list.query)}`}`,
  )
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        <SearchField label="Search users" value={list.query} onSearch={(query) => list.show({ query })} />
        <Select
          label="Sort by"
          value={list.order}
          onChange={(order) => list.show({ order })}
          options={orders}
          className="w-48"
        />
      </div>
      <RefusalNote error={users.error} />
      {users.isPending && <Loading />}
      {users.data !== undefined && (
        <DataTable
          label="Users"
          columns={columns}
          rows={users.data}
          keyOf={({ id }) => id}
          empty={
            list.query === '' ? (
              <Empty title="There is nobody yet" body="Create a user, or sign up in your app." />
            ) : (
              <Empty title={`Nobody is found by “${list.query}”`} />
            )
          }
        />
      )}
      <Pages
        page={list.page}
        rows={LIST_ROWS}
        total={count.data?.total_count ?? 0}
        onChange={(page) => list.show({ page })}
      />
    </div>
  )
}

const columns: readonly Column<User>[] = [
  {
    id: 'user',
    head: 'User',
    cell: (user) => (
      <div className="flex min-w-44 items-center gap-3">
        <Avatar name={nameOfUser(user)} imageUrl={user.image_url} hasImage={user.has_image} />
        <div className="min-w-0">
          <ClerkLink to={`/users/${user.id}`}>{nameOfUser(user)}</ClerkLink>
          <p className="text-xs break-all text-quiet">{primaryEmailOf(user) ?? user.username}</p>
        </div>
      </div>
    ),
  },
  {
    id: 'state',
    head: 'State',
    cell: (user) => (
      <div className="flex flex-wrap gap-1">
        <UserState user={user} />
      </div>
    ),
    from: 'sm',
  },
  { id: 'signed-in', head: 'Last signed in', cell: ({ last_sign_in_at: at }) => timeOf(at), from: 'lg' },
  { id: 'joined', head: 'Joined', cell: ({ created_at: at }) => timeOf(at), from: 'sm' },
]

/** What is out of the ordinary about somebody. */
export function UserState({ user }: { readonly user: User }) {
  return (
    <>
      {user.banned && <Badge tone="danger">Banned</Badge>}
      {user.locked && <Badge tone="warning">Locked</Badge>}
      {user.two_factor_enabled && <Badge tone="good">Two factors</Badge>}
    </>
  )
}
