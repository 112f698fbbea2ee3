import { describe, expect, test } from 'vitest'

import { changeTab, closeTab, freshState, isUnsaved, openSaved, openTab, readState, titleOf } from './tabs-state.ts'

const saved = { name: 'tasks', version: 'v1', sql: 'table tasks' }

test('new queries are numbered on', () => {
  const state = openTab(openTab(freshState('a'), 'b'), 'c')
  expect(state.tabs.map(titleOf)).toEqual(['Untitled query 1', 'Untitled query 2', 'Untitled query 3'])
  expect(state.active).toBe('c')
})

describe('opening a saved query', () => {
  test('takes the place of an empty one', () => {
    expect(openSaved(freshState('a'), 'b', saved).tabs).toEqual([
      { id: 'b', title: 'tasks', sql: 'table tasks', saved },
    ])
  })

  test('leaves what was typed elsewhere alone', () => {
    const state = openSaved(changeTab(freshState('a'), 'a', { sql: 'select 1' }), 'b', saved)
    expect(state.tabs.map(({ sql }) => sql)).toEqual(['select 1', 'table tasks'])
  })

  test('shows what is open already, and what became of the file', () => {
    const open = openSaved(freshState('a'), 'b', saved)
    const again = openSaved(open, 'c', { ...saved, version: 'v2', sql: 'new' })
    expect(again).toMatchObject({ active: 'b', tabs: [{ id: 'b', sql: 'new', saved: { version: 'v2' } }] })
  })

  test('does not replace what was typed into it', () => {
    const typed = changeTab(openSaved(freshState('a'), 'b', saved), 'b', { sql: 'mine' })
    const again = openSaved(typed, 'c', { ...saved, version: 'v2', sql: 'new' })
    expect(again.tabs).toMatchObject([{ sql: 'mine', saved: { version: 'v1' } }])
  })
})

test('a query is unsaved when it differs from its file, or has none and is not empty', () => {
  const [fresh] = freshState('a').tabs
  const [opened] = openSaved(freshState('a'), 'b', saved).tabs
  if (fresh === undefined || opened === undefined) throw new Error('no tab')
  expect([fresh, { ...fresh, sql: 'x' }, opened, { ...opened, sql: 'x' }].map(isUnsaved)).toEqual([
    false,
    true,
    false,
    true,
  ])
})

test('closing shows the neighbour, and the last one leaves an empty query', () => {
  const two = openTab(freshState('a'), 'b')
  expect(closeTab(two, 'b', 'n')).toMatchObject({ active: 'a', tabs: [{ id: 'a' }] })
  expect(closeTab(freshState('a'), 'a', 'n')).toEqual(freshState('n'))
})

test.each([null, 'no json', '{}', '{"tabs":[]}', '{"tabs":[{"id":1}],"active":"a"}'])('%j is nothing kept', (text) => {
  expect(readState(text)).toBeNull()
})

test('an active tab that is gone falls back to the first', () => {
  expect(readState(JSON.stringify({ ...freshState('a'), active: 'gone' }))).toEqual(freshState('a'))
})

test('a template takes the place of an empty query, and of no other', () => {
  const [first] = openTab(freshState('a'), 'b', 'select 1', 'One').tabs
  expect(first).toEqual({ id: 'b', title: 'One', sql: 'select 1', saved: null })
  const typed = changeTab(freshState('a'), 'a', { sql: 'mine' })
  expect(openTab(typed, 'b', 'select 1', 'One').tabs.map(({ id }) => id)).toEqual(['a', 'b'])
})
