// The two forms a list takes on the wire.

import type { Listed } from '../state/database/page.ts'
import { flag, type Query } from '../parameters/query.ts'

/** `{data, total_count}`. */
export function listing<Item>(list: Listed<Item>, resource: (item: Item) => object): object {
  return { data: list.items.map(resource), total_count: list.total }
}

/** A bare array, unless the request says `paginated=true` as the SDK does. */
export function maybePaginated<Item>(query: Query, list: Listed<Item>, resource: (item: Item) => object): object {
  return flag(query, 'paginated') === true ? listing(list, resource) : list.items.map(resource)
}

/** What a deletion answers. */
export function deletion(object: string, id: string, more: object = {}): object {
  return { object, id, deleted: true, ...more }
}
