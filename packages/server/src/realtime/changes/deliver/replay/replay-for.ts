// What a subscription missed, judged for whoever asks for it now.

import type { Frame } from '../../../sockets/connection.ts'
import { committedChanges, dispatch, type DispatchDeps } from '../dispatch/dispatch.ts'
import { Listener, type Seat } from '../routes/listener.ts'
import { TableRoute } from '../routes/table-route.ts'
import { concernsTable } from '../subscribing/change-request.ts'
import type { KeptChunk } from './recent-changes.ts'

/** Changes that are judged at once. */
const BATCH = 500

/** The frames of these changes for these seats of one subscription, in commit order. */
export async function replayFor(
  seats: readonly Seat[],
  chunks: readonly KeptChunk[],
  deps: DispatchDeps,
): Promise<readonly Frame[]> {
  const [first] = seats
  if (first === undefined) return []
  // Its own listener: what it is sent meanwhile comes after.
  const collector = new Listener(first.listener.channel, Number.POSITIVE_INFINITY)
  const routes = new Map<string, TableRoute>()
  for (const seat of seats) {
    const route = new TableRoute()
    route.add({ ...seat, listener: collector })
    routes.set(keyOf(seat.table), route)
  }
  const routeOf = async (name: { schema: string; table: string }): Promise<TableRoute | undefined> =>
    routes.get(keyOf(name))
  const wanted = chunks
    .flatMap(committedChanges)
    .filter(({ change }) => concernsTable(first.request, change.relation) && routes.has(keyOf(change.relation)))
  for (let at = 0; at < wanted.length && !first.listener.isOver; at += BATCH) {
    await dispatch(wanted.slice(at, at + BATCH), routeOf, deps)
  }
  return collector.take()
}

function keyOf({ schema, table }: { readonly schema: string; readonly table: string }): string {
  return JSON.stringify([schema, table])
}
