// The open queries with their addresses, and what a person does to them: show, begin, close.

import { useState } from 'react'

import { forgetRun } from '../run/runs.ts'
import type { Template } from '../templates/templates.ts'
import { closeTab, isUnsaved, openTab, type QueryTab, type TabsState } from './tabs-state.ts'
import { updateTabs, useTabs } from './tabs-store.ts'
import { useAddress } from './use-address.ts'

interface OpenQueries {
  readonly state: TabsState
  readonly active: QueryTab | undefined
  /** Why the query of the address cannot be shown. */
  readonly refused: unknown
  readonly show: (tab: QueryTab) => void
  readonly showById: (id: string) => void
  readonly openByName: (name: string) => void
  /** Empty where null. */
  readonly begin: (template: Template | null) => void
  /** Asks first where something would be lost. */
  readonly close: (id: string) => void
  /** Closed but for a yes. */
  readonly closing: QueryTab | null
  readonly confirmClose: () => void
  readonly keep: () => void
}

export function useOpenQueries(): OpenQueries {
  const state = useTabs()
  const { refused, show, openByName } = useAddress()
  const [closing, setClosing] = useState<QueryTab | null>(null)
  const showActive = ({ tabs, active }: TabsState) => {
    const next = tabs.find(({ id }) => id === active)
    if (next !== undefined) show(next)
  }
  const closeNow = (id: string) => {
    forgetRun(id)
    setClosing(null)
    showActive(updateTabs((tabs) => closeTab(tabs, id, crypto.randomUUID())))
  }
  return {
    state,
    active: state.tabs.find(({ id }) => id === state.active),
    refused,
    show,
    showById: (id) => showActive({ ...state, active: id }),
    openByName,
    begin: (template) => {
      showActive(updateTabs((tabs) => openTab(tabs, crypto.randomUUID(), template?.sql, template?.title)))
    },
    close: (id) => {
      const tab = state.tabs.find((each) => each.id === id)
      if (tab !== undefined && isUnsaved(tab)) setClosing(tab)
      else closeNow(id)
    },
    closing,
    confirmClose: () => closing !== null && closeNow(closing.id),
    keep: () => setClosing(null),
  }
}
