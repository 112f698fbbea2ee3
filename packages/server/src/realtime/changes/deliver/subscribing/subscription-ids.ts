// The numbers that frames carry: equal subscriptions have the same one, so that one frame serves all of them.

import type { ChangeRequest } from './change-request.ts'

export interface SubscriptionIds {
  /** From 1; a client takes 0 for none. */
  take(request: ChangeRequest): number
  give(id: number): void
}

export function createSubscriptionIds(): SubscriptionIds {
  const byKey = new Map<string, { readonly id: number; holders: number }>()
  const keys = new Map<number, string>()
  let last = 0
  return {
    take({ event, schema, table, filter, select }) {
      const key = JSON.stringify([event, schema, table, filter, select])
      const known = byKey.get(key)
      if (known !== undefined) {
        known.holders += 1
        return known.id
      }
      last += 1
      byKey.set(key, { id: last, holders: 1 })
      keys.set(last, key)
      return last
    },
    give(id) {
      const key = keys.get(id)
      const known = key === undefined ? undefined : byKey.get(key)
      if (key === undefined || known === undefined || (known.holders -= 1) > 0) return
      byKey.delete(key)
      keys.delete(id)
    },
  }
}
