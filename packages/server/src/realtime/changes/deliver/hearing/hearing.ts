// What becomes of each piece of the feed: the schema first, then whom its changes concern, then the memory of those who come
// back.

import type { ChangeChunk } from '../../change.ts'
import { committedChanges, dispatch, type DispatchDeps } from '../dispatch/dispatch.ts'
import { saySubscriptionRefused, SUBSCRIBED } from '../joining/say-subscribed.ts'
import type { RecentChanges } from '../replay/recent-changes.ts'
import type { Subscribers } from '../subscribing/subscribers.ts'
import { persist } from './persist.ts'

export interface HearingDeps {
  readonly subscribers: Subscribers
  readonly recent: RecentChanges
  readonly dispatching: DispatchDeps
  readonly report: (error: unknown) => void
}

/** What the feed reads of it is for others; it is no table of the project's. */
const OWN_SCHEMA = 'realtime'

/** The feed's listener; one piece at a time. */
export class Hearing {
  readonly #deps: HearingDeps
  isOver = false

  constructor(deps: HearingDeps) {
    this.#deps = deps
  }

  async hear(heard: ChangeChunk): Promise<void> {
    const { subscribers, dispatching, recent } = this.#deps
    const chunk = { ...heard, changes: heard.changes.filter(({ relation }) => relation.schema !== OWN_SCHEMA) }
    const isOver = (): boolean => this.isOver
    try {
      if (chunk.schemaChanged) await persist(async () => await this.#readmit(), isOver)
      const changes = committedChanges(chunk)
      const routeOf = subscribers.routeOf.bind(subscribers)
      await persist(async () => await dispatch(changes, routeOf, dispatching), isOver)
    } catch (error) {
      if (this.isOver) return
      this.#deps.report(error)
      this.#sendBack('Changes could not be delivered; join again')
    } finally {
      recent.keep(chunk)
    }
  }

  lose(reason: string): void {
    this.#deps.recent.restart()
    this.#sendBack(`Changes may have been lost: ${reason}`)
  }

  async #readmit(): Promise<void> {
    for (const one of await this.#deps.subscribers.readmit()) {
      const { channel } = one.listener
      if (one.kind === 'published') channel.notice('postgres_changes', 'ok', SUBSCRIBED)
      else channel.notice('postgres_changes', 'error', saySubscriptionRefused(one.subscription.item, one.error))
    }
  }

  /** Clients take `phx_error` as a reason to join again, which `phx_close` is not. */
  #sendBack(reason: string): void {
    for (const { channel } of this.#deps.subscribers.all()) {
      channel.notice('postgres_changes', 'error', reason)
      channel.push('phx_error', {})
    }
  }
}
