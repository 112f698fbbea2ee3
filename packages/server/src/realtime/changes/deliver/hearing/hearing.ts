// What becomes of each piece of the feed: the schema first, then whom its changes concern, then the memory of those who come
// back.

import type { ChangeChunk } from '../../change.ts'
import { committedChanges, dispatch, type DispatchDeps } from '../dispatch/dispatch.ts'
import type { RecentChanges } from '../replay/recent-changes.ts'
import type { Subscribers } from '../subscribing/subscribers.ts'
import { persist } from './persist.ts'
import type { Turnstile } from './turnstile.ts'

export interface HearingDeps {
  readonly subscribers: Subscribers
  readonly turnstile: Turnstile
  readonly recent: RecentChanges
  readonly dispatching: DispatchDeps
  readonly report: (error: unknown) => void
}

/** What the feed reads of it is for others; it is no table of the project's. */
const OWN_SCHEMA = 'realtime'

/**
 * Milliseconds without another change of the schema after which everybody is put into a class of now. A migration has many
 * statements, and each of them would do that; a change that somebody may hear of does it at once.
 */
const QUIET = 100

/** The feed's listener; one piece at a time. */
export class Hearing {
  readonly #deps: HearingDeps
  #quiet: NodeJS.Timeout | undefined
  #isOver = false

  constructor(deps: HearingDeps) {
    this.#deps = deps
  }

  /** Never rejects. */
  async hear(heard: ChangeChunk): Promise<void> {
    const { subscribers, recent } = this.#deps
    const chunk = { ...heard, changes: heard.changes.filter(({ relation }) => relation.schema !== OWN_SCHEMA) }
    await this.#deps.turnstile.pass(async () => {
      if (chunk.schemaChanged) this.#forget()
      if (chunk.changes.some(({ relation }) => subscribers.hears(relation))) await this.#deliver(chunk)
      recent.keep(chunk)
    })
  }

  lose(reason: string): void {
    this.#deps.recent.restart()
    this.#sendBack(`Changes may have been lost: ${reason}`)
  }

  stop(): void {
    this.#isOver = true
    clearTimeout(this.#quiet)
  }

  #forget(): void {
    this.#deps.subscribers.forget()
    clearTimeout(this.#quiet)
    if (!this.#isOver) this.#quiet = setTimeout(() => void this.#freshenInTurn(), QUIET)
  }

  async #freshen(): Promise<void> {
    await this.#insist(async () => await this.#deps.subscribers.freshen())
  }

  async #deliver(chunk: ChangeChunk): Promise<void> {
    const { subscribers, dispatching } = this.#deps
    const routeOf = subscribers.routeOf.bind(subscribers)
    await this.#freshen()
    await this.#insist(async () => await dispatch(committedChanges(chunk), routeOf, dispatching))
  }

  /** Never rejects. */
  async #freshenInTurn(): Promise<void> {
    await this.#deps.turnstile.pass(async () => await this.#freshen())
  }

  /** Does what Postgres may be away for. Where it cannot be done at all, those whom it concerns begin again. */
  async #insist(work: () => Promise<void>): Promise<void> {
    try {
      await persist(work, () => this.#isOver)
    } catch (error) {
      if (this.#isOver) return
      this.#deps.report(error)
      this.#sendBack('Changes could not be delivered; join again')
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
