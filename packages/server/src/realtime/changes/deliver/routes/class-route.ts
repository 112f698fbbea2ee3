// The subscriptions of one claims class at one table, by filter and then by audience.

import type { Cell } from '../../change.ts'
import type { RoleFacts } from '../../tables/table-facts.ts'
import type { Filter } from '../filter/compile/compile-filter.ts'
import { Audience } from './audience.ts'
import type { Seat } from './listener.ts'

/** Everybody of a class who wrote the same filter. */
export interface FilterGroup {
  readonly filter: Filter | null
  readonly role: RoleFacts
  /** By id and topic. */
  readonly audiences: Map<string, Audience>
}

export class ClassRoute {
  readonly #role: RoleFacts
  readonly #loose = new Map<string, FilterGroup>()
  /** Filters that ask for one value of a column: column, value, filter. */
  readonly #pinned = new Map<string, Map<string, Map<string, FilterGroup>>>()
  #seats = 0

  constructor(role: RoleFacts) {
    this.#role = role
  }

  get isEmpty(): boolean {
    return this.#seats === 0
  }

  /** Row Level Security does not hold for the class. */
  get isFree(): boolean {
    return this.#role.bypassesRowSecurity
  }

  add(seat: Seat): void {
    const groups = this.#groupsFor(seat.filter)
    const text = seat.filter?.text ?? ''
    const group = groups.get(text) ?? { filter: seat.filter, role: seat.role, audiences: new Map<string, Audience>() }
    groups.set(text, group)
    const key = audienceKey(seat)
    const audience = group.audiences.get(key) ?? new Audience(seat)
    group.audiences.set(key, audience)
    audience.add(seat.listener)
    this.#seats += 1
  }

  remove(seat: Seat): void {
    const groups = this.#groupsFor(seat.filter)
    const text = seat.filter?.text ?? ''
    const group = groups.get(text)
    const audience = group?.audiences.get(audienceKey(seat))
    if (group === undefined || audience === undefined) return
    audience.remove(seat.listener)
    this.#seats -= 1
    if (audience.size > 0) return
    group.audiences.delete(audienceKey(seat))
    if (group.audiences.size > 0) return
    groups.delete(text)
    this.#dropEmptyPin(seat.filter)
  }

  audienceOf(seat: Seat): Audience | undefined {
    const group = this.#groupsFor(seat.filter).get(seat.filter?.text ?? '')
    return group?.audiences.get(audienceKey(seat))
  }

  /** The groups that this row can concern; whether it does is their filter's to say. */
  *candidates(cellOf: (column: string) => Cell): Iterable<FilterGroup> {
    yield* this.#loose.values()
    for (const [column, byText] of this.#pinned) {
      const cell = cellOf(column)
      if (typeof cell === 'string') yield* byText.get(cell)?.values() ?? []
    }
  }

  #groupsFor(filter: Filter | null): Map<string, FilterGroup> {
    const pin = filter?.pin ?? null
    if (pin === null) return this.#loose
    const byText = this.#pinned.get(pin.column) ?? new Map<string, Map<string, FilterGroup>>()
    this.#pinned.set(pin.column, byText)
    const groups = byText.get(pin.text) ?? new Map<string, FilterGroup>()
    byText.set(pin.text, groups)
    return groups
  }

  #dropEmptyPin(filter: Filter | null): void {
    const pin = filter?.pin ?? null
    const byText = pin === null ? undefined : this.#pinned.get(pin.column)
    if (pin === null || byText?.get(pin.text)?.size !== 0) return
    byText.delete(pin.text)
    if (byText.size === 0) this.#pinned.delete(pin.column)
  }
}

function audienceKey({ id, listener }: Seat): string {
  return `${id} ${listener.channel.topic}`
}
