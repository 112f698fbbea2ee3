// The routing table: which subscriptions a table's changes may concern.

import type { Judge } from '../../judge/judge.ts'
import { concernsTable, type TableName } from '../subscribing/change-request.ts'
import type { Listener, Seat, Subscription } from './listener.ts'
import { TableRoute } from './table-route.ts'

export interface WildSubscription {
  readonly listener: Listener
  readonly subscription: Subscription
}

export class Routes {
  readonly #judge: Judge
  readonly #tables = new Map<string, { readonly name: TableName; readonly route: TableRoute }>()
  readonly #wild = new Map<Subscription, WildSubscription>()

  constructor(judge: Judge) {
    this.#judge = judge
  }

  find({ schema, table }: TableName): TableRoute | undefined {
    return this.#tables.get(keyOf(schema, table))?.route
  }

  /** The table's route, made where there is none. */
  at({ schema, table }: TableName): TableRoute {
    const known = this.find({ schema, table })
    if (known !== undefined) return known
    const route = new TableRoute()
    this.#tables.set(keyOf(schema, table), { name: { schema, table }, route })
    return route
  }

  /** Tables that have a route and that a subscription to all tables of a schema concerns. */
  tablesOf({ request }: Subscription): readonly TableName[] {
    return [...this.#tables.values()].map(({ name }) => name).filter((name) => concernsTable(request, name))
  }

  wildOnesFor(name: TableName): readonly WildSubscription[] {
    return [...this.#wild.values()].filter(({ subscription }) => concernsTable(subscription.request, name))
  }

  watch(listener: Listener, subscription: Subscription): void {
    if (subscription.request.table === null) this.#wild.set(subscription, { listener, subscription })
  }

  /** Puts the seats into the table, and lets go of those before. */
  seat(subscription: Subscription, seats: readonly Seat[]): void {
    this.unseat(subscription)
    for (const seat of seats) this.add(subscription, seat)
  }

  add(subscription: Subscription, seat: Seat): void {
    subscription.seats.push(seat)
    this.at(seat.table).add(seat)
  }

  /** Gives back what a seat holds that is not needed after all. */
  discard({ table, claimsClass }: Seat): void {
    this.#judge.table(table.schema, table.table).release(claimsClass)
  }

  unseat(subscription: Subscription): void {
    for (const seat of subscription.seats.splice(0)) {
      const route = this.find(seat.table)
      route?.remove(seat)
      this.discard(seat)
      if (route?.isEmpty === true && this.wildOnesFor(seat.table).length === 0) {
        this.#tables.delete(keyOf(seat.table.schema, seat.table.table))
      }
    }
  }

  remove(subscription: Subscription): void {
    this.#wild.delete(subscription)
    this.unseat(subscription)
    if (subscription.request.table !== null) return
    for (const [key, { name, route }] of this.#tables) {
      if (route.isEmpty && this.wildOnesFor(name).length === 0) this.#tables.delete(key)
    }
  }

  /** The listener's join was answered. */
  admit(listener: Listener): void {
    for (const { seats } of listener.subscriptions) {
      for (const seat of seats) {
        this.find(seat.table)?.classRoute(seat.claimsClass)?.audienceOf(seat)?.admit(listener)
      }
    }
  }
}

function keyOf(schema: string, table: string): string {
  // No name holds a NUL.
  return `${schema}\0${table}`
}
