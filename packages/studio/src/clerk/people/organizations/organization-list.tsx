// The organizations of an instance, page by page.

import { type Column, DataTable } from '../../../ui/display/data-table.tsx'
import { Empty, Loading } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { type Option, Select } from '../../../ui/form/select.tsx'
import { useClerk } from '../../api/clerk-request.ts'
import { Avatar } from '../../parts/avatar.tsx'
import { LIST_ROWS, listParameters, useListSearch } from '../../parts/list-search.ts'
import { Pages } from '../../parts/pages.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { timeOf } from '../../../ui/words/time-of.ts'
import { ClerkLink } from '../../parts/within-instance.tsx'
import type { Organization } from './organization.ts'

const orders: readonly Option[] = [
  { value: '-created_at', label: 'Newest first' },
  { value: '+created_at', label: 'Oldest first' },
  { value: '+name', label: 'Name' },
  { value: '-members_count', label: 'Most members' },
]

export function OrganizationList() {
  const list = useListSearch('-created_at')
  const organizations = useClerk<{ readonly data: readonly Organization[]; readonly total_count: number }>(
    `/organizations?${listParameters(list)}&include_members_count=true`,
  )
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        <SearchField label="Search organizations" value={list.query} onSearch={(query) => list.show({ query })} />
        <Select
          label="Sort by"
          value={list.order}
          onChange={(order) => list.show({ order })}
          options={orders}
          className="w-48"
        />
      </div>
      <RefusalNote error={organizations.error} />
      {organizations.isPending && <Loading />}
      {organizations.data !== undefined && (
        <>
          <DataTable
            label="Organizations"
            columns={columns}
            rows={organizations.data.data}
            keyOf={({ id }) => id}
            empty={
              <Empty title={list.query === '' ? 'There is no organization yet' : `None is found by “${list.query}”`} />
            }
          />
          <Pages
            page={list.page}
            rows={LIST_ROWS}
            total={organizations.data.total_count}
            onChange={(page) => list.show({ page })}
          />
        </>
      )}
    </div>
  )
}

const columns: readonly Column<Organization>[] = [
  {
    id: 'name',
    head: 'Organization',
    cell: ({ id, name, slug, image_url: imageUrl, has_image: hasImage }) => (
      <div className="flex min-w-40 items-center gap-3">
        <Avatar name={name} imageUrl={imageUrl} hasImage={hasImage} />
        <div className="min-w-0">
          <ClerkLink to={`/organizations/${id}`}>{name}</ClerkLink>
          <p className="font-mono text-xs break-all text-quiet">{slug}</p>
        </div>
      </div>
    ),
  },
  { id: 'members', head: 'Members', cell: ({ members_count: count }) => count, align: 'right' },
  { id: 'created', head: 'Created', cell: ({ created_at: at }) => timeOf(at), from: 'sm' },
]
