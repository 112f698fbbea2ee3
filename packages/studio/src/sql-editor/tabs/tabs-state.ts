// The open queries as plain data, and what can be done to them. What is typed lives here until it is saved to a file.

export interface QueryTab {
  readonly id: string
  /** What it is called until it is saved. */
  readonly title: string
  readonly sql: string
  /** The file it was read from or saved to. */
  readonly saved: SavedAs | null
}

export interface SavedAs {
  readonly name: string
  readonly version: string
  readonly sql: string
}

export interface TabsState {
  readonly tabs: readonly QueryTab[]
  readonly active: string
}

/** Whether closing it would lose something. */
export function isUnsaved({ sql, saved }: QueryTab): boolean {
  return saved === null ? sql.trim() !== '' : sql !== saved.sql
}

/** What a tab is called. */
export function titleOf({ title, saved }: QueryTab): string {
  return saved?.name ?? title
}

/** One empty query. */
export function freshState(id: string): TabsState {
  return { tabs: [{ id, title: 'Untitled query 1', sql: '', saved: null }], active: id }
}

/** Opens a new query and shows it; one with a text takes the place of an empty one. */
export function openTab(state: TabsState, id: string, sql = '', title: string | null = null): TabsState {
  const tab = { id, title: title ?? `Untitled query ${nextNumber(state)}`, sql, saved: null }
  return sql === '' ? { tabs: [...state.tabs, tab], active: id } : inPlaceOfEmpty(state, tab)
}

function inPlaceOfEmpty(state: TabsState, tab: QueryTab): TabsState {
  const empty = state.tabs.find((each) => each.id === state.active && each.saved === null && each.sql.trim() === '')
  const tabs = empty === undefined ? [...state.tabs, tab] : state.tabs.map((each) => (each === empty ? tab : each))
  return { tabs, active: tab.id }
}

/** Shows a saved query: in the tab that has it open, in the present one where that is empty, else in one of its own. */
export function openSaved(state: TabsState, id: string, saved: SavedAs): TabsState {
  const open = state.tabs.find((tab) => tab.saved?.name === saved.name)
  if (open !== undefined) return { ...refresh(state, open, saved), active: open.id }
  return inPlaceOfEmpty(state, { id, title: saved.name, sql: saved.sql, saved })
}

/** What was changed elsewhere is shown where nothing was typed here; else the older version stays, and saving says so. */
function refresh(state: TabsState, open: QueryTab, saved: SavedAs): TabsState {
  return isUnsaved(open) ? state : changeTab(state, open.id, { sql: saved.sql, saved })
}

export function changeTab(state: TabsState, id: string, change: Partial<Omit<QueryTab, 'id'>>): TabsState {
  return { ...state, tabs: state.tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)) }
}

/** There is always one tab; its neighbour is shown next. */
export function closeTab(state: TabsState, id: string, freshId: string): TabsState {
  const at = state.tabs.findIndex((tab) => tab.id === id)
  const tabs = state.tabs.filter((tab) => tab.id !== id)
  const neighbour = tabs[Math.max(0, at - 1)]
  if (neighbour === undefined) return freshState(freshId)
  return { tabs, active: state.active === id ? neighbour.id : state.active }
}

function nextNumber({ tabs }: TabsState): number {
  const numbers = tabs.map(({ title }) => Number(/^Untitled query (\d+)$/.exec(title)?.[1] ?? 0))
  return Math.max(0, ...numbers) + 1
}

/** What was kept, where it is what we keep; null for anything else. */
export function readState(text: string | null): TabsState | null {
  try {
    const value = JSON.parse(text ?? 'null') as TabsState | null
    const [first] = value?.tabs ?? []
    if (value === null || first === undefined || !value.tabs.every((tab) => typeof tab.sql === 'string')) return null
    return value.tabs.some(({ id }) => id === value.active) ? value : { ...value, active: first.id }
  } catch {
    return null
  }
}
