// The organizations a user is in.

import { Badge } from '../../../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../../../ui/display/data-table.tsx'
import { Empty, Loading } from '../../../../ui/display/page.tsx'
import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Pages, usePagedList } from '../../../parts/pages.tsx'
import { timeOf } from '../../../../ui/words/time-of.ts'
import { ClerkLink } from '../../../parts/within-instance.tsx'
import type { Membership } from '../../organizations/organization.ts'

export function UserOrganizations({ userId }: { readonly userId: string }) {
  const { rows, error, pages } = usePagedList<Membership>(`/users/${userId}/organization_memberships`)
  return (
    <>
      <RefusalNote error={error} />
      {rows === undefined && <Loading />}
      {rows !== undefined && (
        <DataTable
          label="Organizations"
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          empty={<Empty title="She is in no organization" />}
        />
      )}
      <Pages {...pages} />
    </>
  )
}

const columns: readonly Column<Membership>[] = [
  {
    id: 'organization',
    head: 'Organization',
    cell: ({ organization: { id, name } }) => <ClerkLink to={`/organizations/${id}`}>{name}</ClerkLink>,
  },
  { id: 'role', head: 'Role', cell: ({ role }) => <Badge>{role}</Badge> },
  { id: 'since', head: 'Joined', cell: ({ created_at: at }) => timeOf(at), from: 'sm' },
]
