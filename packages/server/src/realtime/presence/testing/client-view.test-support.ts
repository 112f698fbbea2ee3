// Who is present as a client understands what it is sent. Stricter than the SDK, which forgives: a member never joins
// twice, and nobody leaves who was not there.

import type { PrintedMembers } from '../members/print-members.ts'

export interface ClientView {
  /** Takes an event in, and says what is wrong with it where it does not fit what came before. */
  hear(event: string, payload: unknown): void
  /** Payloads by key, in an order of their own. */
  state(): Readonly<Record<string, readonly unknown[]>>
  /** Every `phx_ref` it knows. */
  refs(): ReadonlySet<unknown>
  readonly hasState: boolean
}

type Entry = { readonly key: string; readonly payload: unknown }

export function createClientView(): ClientView {
  let entries: Map<unknown, Entry> | null = null
  return {
    hear(event, payload) {
      if (event === 'presence_state') {
        entries = new Map(entriesOf(payload as PrintedMembers))
        return
      }
      if (event !== 'presence_diff') return
      if (entries === null) throw new Error('a diff before the state that it changes')
      const { joins, leaves } = payload as { joins: PrintedMembers; leaves: PrintedMembers }
      for (const [ref, entry] of entriesOf(joins)) {
        if (entries.has(ref)) throw new Error(`${String(ref)} joined twice`)
        entries.set(ref, entry)
      }
      for (const [ref] of entriesOf(leaves)) {
        if (!entries.delete(ref)) throw new Error(`${String(ref)} left and was not there`)
      }
    },
    state() {
      const state = Object.create(null) as Record<string, unknown[]>
      for (const { key, payload } of entries?.values() ?? []) (state[key] ??= []).push(payload)
      return state
    },
    refs: () => new Set(entries?.keys()),
    get hasState() {
      return entries !== null
    },
  }
}

function* entriesOf(printed: PrintedMembers): Generator<[unknown, Entry]> {
  for (const [key, { metas }] of Object.entries(printed)) {
    for (const { phx_ref: ref, phx_ref_prev: _previous, ...payload } of metas) yield [ref, { key, payload }]
  }
}
