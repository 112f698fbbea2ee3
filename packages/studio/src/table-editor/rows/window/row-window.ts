// The rows of a table that are at hand: pages around what is looked at, fetched a little ahead, let go when they are far
// away. Requests for pages that nobody waits for any more are ended.

import { PAGE, type PageStart, type Total } from './page-request.ts'
import { startOf } from './page-start.ts'
import type { Row } from '../relation.ts'
import type { Page } from '../requests.ts'

/** Pages kept. */
const KEPT = 60
/** Pages fetched beyond those in sight, in either direction. */
const AHEAD = 2
/** Requests at a time; more would only wait for each other in the database. */
const AT_ONCE = 2
/** Rows to step over from which on a page takes long. */
const FAR = 2000

export type ReadPage = (start: PageStart, signal: AbortSignal) => Promise<Page>

export class RowWindow {
  readonly #read: ReadPage
  readonly #pages = new Map<number, readonly Row[]>()
  readonly #cursors = new Map<number, Page['cursors']>()
  readonly #underWay = new Map<number, AbortController>()
  readonly #listeners = new Set<() => void>()
  #wanted: readonly number[] = []
  #total: Total | null = null
  #error: unknown = null
  #version = 0

  constructor(read: ReadPage) {
    this.#read = read
  }

  /** For `useSyncExternalStore`; the snapshot changes with every change. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly snapshot = (): number => this.#version

  get total(): Total | null {
    return this.#total
  }

  /** Why the last page did not come; null once one has. */
  get error(): unknown {
    return this.#error
  }

  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE]
  }

  /** How many rows are at hand. */
  get size(): number {
    return [...this.#pages.values()].reduce((sum, rows) => sum + rows.length, 0)
  }

  /** Every row that is at hand, with its index. */
  loaded(): readonly (readonly [index: number, row: Row])[] {
    return [...this.#pages].flatMap(([page, rows]) => rows.map((row, index) => [page * PAGE + index, row] as const))
  }

  setTotal(total: Total): void {
    this.#total = total
    this.#change()
  }

  /** Says which rows are looked at, first and last. */
  look(first: number, last: number): void {
    const from = Math.max(0, Math.floor(first / PAGE))
    const to = Math.max(from, Math.floor(last / PAGE))
    const seen = range(from, to)
    const beyond = range(1, AHEAD).flatMap((step) => [to + step, from - step])
    this.#wanted = [...seen, ...beyond].filter((page) => page >= 0 && this.#mayExist(page))
    for (const [page, controller] of this.#underWay) if (!this.#wanted.includes(page)) controller.abort()
    this.#fetchNext()
  }

  /** A row as it is now, in the place of the one that was there. */
  put(index: number, row: Row): void {
    const page = Math.floor(index / PAGE)
    const rows = this.#pages.get(page)
    if (rows === undefined) return
    this.#pages.set(page, rows.with(index % PAGE, row))
    this.#change()
  }

  /** Reads what is looked at anew; what is shown stays until then. */
  async refresh(): Promise<void> {
    for (const controller of this.#underWay.values()) controller.abort()
    this.#cursors.clear()
    const seen = new Set(this.#wanted)
    for (const page of this.#pages.keys()) if (!seen.has(page)) this.#pages.delete(page)
    await Promise.all([...this.#pages.keys()].map(async (page) => await this.#fetch(page)))
    this.#fetchNext()
  }

  /** Tries again after an error. */
  retry(): void {
    this.#error = null
    this.#change()
    this.#fetchNext()
  }

  /** Ends what is under way. */
  close(): void {
    this.#wanted = []
    for (const controller of this.#underWay.values()) controller.abort()
  }

  #mayExist(page: number): boolean {
    return page === 0 || this.#total === null || page * PAGE < this.#total.count
  }

  #fetchNext(): void {
    if (this.#error !== null) return
    const missing = this.#wanted.filter(
      (page) => this.#mayExist(page) && !this.#pages.has(page) && !this.#underWay.has(page),
    )
    for (const page of missing.slice(0, Math.max(0, AT_ONCE - this.#underWay.size))) {
      // The page beside one that takes long is near as soon as that one is here.
      const isFar = startOf(page, this.#cursors, this.#total).offset > FAR
      if (isFar && this.#underWay.size > 0) return
      void this.#fetch(page)
    }
  }

  async #fetch(page: number): Promise<void> {
    const controller = new AbortController()
    this.#underWay.set(page, controller)
    try {
      const start = startOf(page, this.#cursors, this.#total)
      const found = await this.#read(start, controller.signal)
      if (controller.signal.aborted) return
      this.#error = null
      this.#keep(page, found, start.limit)
    } catch (error) {
      if (!controller.signal.aborted) this.#error = error
    } finally {
      if (this.#underWay.get(page) === controller) this.#underWay.delete(page)
      this.#change()
      this.#fetchNext()
    }
  }

  #keep(page: number, { rows, cursors }: Page, limit: number): void {
    this.#pages.delete(page)
    if (rows.length > 0) {
      this.#pages.set(page, rows)
      this.#cursors.set(page, cursors)
    }
    this.#learn(page, rows.length, limit)
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= KEPT) break
      if (!this.#wanted.includes(old)) this.#pages.delete(old)
    }
  }

  /** A page that is not full is the last one; one that is full may say that there are more than was thought. */
  #learn(page: number, found: number, limit: number): void {
    const end = page * PAGE + found
    const known = this.#total?.count ?? null
    if (found < limit && (found > 0 || page === 0)) this.#total = { count: end, exact: true }
    else if (found === 0 && (known === null || known > end)) this.#total = { count: end, exact: false }
    else if (found > 0 && known !== null && end > known) this.#total = { count: end, exact: false }
  }

  #change(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}
