// Which query the address names, and addresses for queries: `/sql/<name>` for a saved one, `/sql?tab=<id>` else.

import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'

import { savedQuery } from '../queries/saved-queries.ts'
import { openSaved, type QueryTab } from './tabs-state.ts'
import { tabsNow, updateTabs } from './tabs-store.ts'

interface Address {
  /** Why the saved query of the address cannot be shown. */
  readonly refused: unknown
  readonly show: (tab: QueryTab) => void
  readonly openByName: (name: string) => void
}

/** Opens what the address names, and changes the address with what is shown. */
export function useAddress(): Address {
  const { name } = useParams({ strict: false })
  const { tab } = useSearch({ strict: false })
  const navigate = useNavigate()
  const named = useQuery({ ...savedQuery(name ?? ''), enabled: name !== undefined })

  useEffect(() => {
    // What is remembered of the file may be older than what was saved from here.
    if (named.data !== undefined && named.data.name === name && !named.isFetching) {
      const saved = named.data
      updateTabs((state) => openSaved(state, crypto.randomUUID(), saved))
    }
  }, [name, named.data, named.isFetching])

  useEffect(() => {
    if (tab !== undefined && tabsNow().tabs.some(({ id }) => id === tab)) {
      updateTabs((state) => ({ ...state, active: tab }))
    }
  }, [tab])

  return {
    refused: name === undefined ? null : named.error,
    show: ({ id, saved }) => {
      updateTabs((state) => ({ ...state, active: id }))
      if (saved === null) void navigate({ to: '/sql', search: { tab: id } })
      else void navigate({ to: '/sql/$name', params: { name: saved.name }, search: {} })
    },
    openByName: (next) => void navigate({ to: '/sql/$name', params: { name: next }, search: {} }),
  }
}
