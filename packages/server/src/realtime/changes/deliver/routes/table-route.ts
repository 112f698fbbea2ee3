// Everybody who listens to one table.

import type { ClaimsClass } from '../../judge/judge.ts'
import { ClassRoute } from './class-route.ts'
import type { Seat } from './listener.ts'

export class TableRoute {
  readonly #classes = new Map<ClaimsClass, ClassRoute>()
  /** The subscriptions to the whole schema that were there when its first change came are here, too; later ones come by themselves. */
  hasMetAll = false

  get isEmpty(): boolean {
    return this.#classes.size === 0
  }

  add(seat: Seat): void {
    const route = this.#classes.get(seat.claimsClass) ?? new ClassRoute(seat.role)
    this.#classes.set(seat.claimsClass, route)
    route.add(seat)
  }

  /** Takes the seat away; the class is its holder's to release. */
  remove(seat: Seat): void {
    const route = this.#classes.get(seat.claimsClass)
    route?.remove(seat)
    if (route?.isEmpty === true) this.#classes.delete(seat.claimsClass)
  }

  classRoute(claimsClass: ClaimsClass): ClassRoute | undefined {
    return this.#classes.get(claimsClass)
  }
}
