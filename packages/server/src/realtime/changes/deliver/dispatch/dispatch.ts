// Changes → frames. Everything that can fail comes before the first frame is written, so that what has to be done again is
// not delivered twice.

import type { Database } from '../../../../database/statement.ts'
import type { Deliver } from '../../../broadcast/rooms.ts'
import type { Change, ChangeChunk, Relation } from '../../change.ts'
import type { PrintCell } from '../../decode/cells/cell-printer.ts'
import type { TypeKeeper } from '../../decode/cells/type-keeper.ts'
import type { Judge, TableJudge } from '../../judge/judge.ts'
import type { TableKeeper } from '../../tables/table-facts.ts'
import { changeData } from '../payload/change-data.ts'
import type { UntilVisible } from '../../visibility/until-visible.ts'
import { completed } from '../payload/old-row.ts'
import type { ClassRoute, FilterGroup } from '../routes/class-route.ts'
import type { TableRoute } from '../routes/table-route.ts'
import { type Answer, createQuestions, type Questions } from './ask-postgres.ts'
import { assess, type Assessment } from './assess.ts'
import { cellsOf, narrowed } from './row-cells.ts'
import { type Addressed, sendChange } from './send-change.ts'
import type { Turns } from './turns.ts'

export interface DispatchDeps {
  readonly database: Database
  readonly tables: TableKeeper
  readonly judge: Judge
  readonly deliver: Deliver
  readonly types: TypeKeeper
  /** Bytes of one row. */
  readonly changeBytes: number
  readonly turns: Turns
  readonly untilVisible: UntilVisible
  readonly report: (error: unknown) => void
}

/** The route of a relation's table; undefined where nobody listens. */
export type RouteOf = (relation: Relation) => Promise<TableRoute | undefined>

/** A change for the subscriptions of one filter. */
interface Parcel {
  readonly change: Change
  readonly group: FilterGroup
  readonly oldRow: 'whole' | 'keys'
  /** Null where no filter had to be asked about. */
  readonly answer: Answer | null
}

interface Parcels {
  readonly list: readonly Parcel[]
  /** Of the relation's columns. */
  readonly printers: readonly PrintCell[]
}

const NO_PARCELS: Parcels = { list: [], printers: [] }

/** A change and when it was committed, in Unix milliseconds. */
export interface CommittedChange {
  readonly change: Change
  readonly committedAt: number
  readonly xid: number
}

export function committedChanges({
  changes,
  committedAt,
  xid,
}: Pick<ChangeChunk, 'changes' | 'committedAt' | 'xid'>): readonly CommittedChange[] {
  return changes.map((change) => ({ change, committedAt, xid }))
}

/** In the order of the changes; the frames have been handed to their sockets when it resolves. */
export async function dispatch(
  changes: readonly CommittedChange[],
  routeOf: RouteOf,
  deps: DispatchDeps,
): Promise<void> {
  const questions = createQuestions(deps.database, deps.report)
  const byRelation = Map.groupBy(changes, ({ change }) => change.relation)
  const parcels = new Map<Change, Parcels>()
  for (const [relation, own] of byRelation) {
    const route = await routeOf(relation)
    const facts = route === undefined ? null : await deps.tables.table(relation.schema, relation.table)
    if (route === undefined || facts === null) continue
    const judge = deps.judge.table(relation.schema, relation.table)
    if (asksPostgres(judge, own)) await deps.untilVisible(own.at(-1)?.xid ?? 0)
    const assessments = await assess(
      judge,
      facts,
      own.map(({ change }) => completed(change)),
    )
    const keys = new Set(facts.primaryKey)
    const printers = await deps.types.printers(relation)
    own.forEach(({ change }, at) => {
      const assessment = assessments[at]
      if (assessment === undefined) return
      parcels.set(change, { printers, list: parcelsOf(assessment, route, keys, questions) })
    })
  }
  await questions.ask()
  await sendInOrder(changes, parcels, deps)
}

/** Somebody's answer, or an unchanged value that the log leaves out, is looked up in what Postgres has. */
function asksPostgres(judge: TableJudge, changes: readonly CommittedChange[]): boolean {
  return judge.tiers().asked > 0 || changes.some(({ change }) => change.record?.includes(undefined) === true)
}

function parcelsOf(
  { change, classes, showsOldRow }: Assessment,
  route: TableRoute,
  keys: ReadonlySet<string>,
  questions: Questions,
): readonly Parcel[] {
  const parcels: Parcel[] = []
  const cells = cellsOf(change)
  const keyCells = narrowed(cells, keys)
  for (const claimsClass of classes) {
    const classRoute: ClassRoute | undefined = route.classRoute(claimsClass)
    if (classRoute === undefined) continue
    const oldRow = showsOldRow(claimsClass, classRoute.isFree) ? 'whole' : 'keys'
    // What may not be shown may not be asked for either.
    const cellOf = change.kind === 'DELETE' && oldRow === 'keys' ? keyCells : cells
    for (const group of classRoute.candidates(cellOf)) {
      const matches = group.filter?.matches(cellOf) ?? true
      if (matches === false) continue
      const isAsked = matches === 'ask' && group.filter !== null
      const answer = isAsked ? questions.put(group.filter, group.role.role, cellOf) : null
      parcels.push({ change, group, oldRow, answer })
    }
  }
  return parcels
}

/** Loudly: they would miss rows, and everybody waits while their filter is held against one. */
function endAll({ audiences }: FilterGroup): void {
  for (const audience of audiences.values()) audience.end('A filter takes too long to be held against a row')
}

async function sendInOrder(
  changes: readonly CommittedChange[],
  parcels: ReadonlyMap<Change, Parcels>,
  { deliver, changeBytes, turns }: DispatchDeps,
): Promise<void> {
  for (const { change, committedAt } of changes) {
    const { list, printers } = parcels.get(change) ?? NO_PARCELS
    for (const { group, answer } of list) if (answer?.isGivenUp === true) endAll(group)
    const addressed = list.flatMap(addressees)
    const whole = list[0]?.change
    const frames =
      addressed.length === 0 || whole === undefined
        ? 0
        : sendChange(addressed, changeData(whole, committedAt, changeBytes, printers), deliver)
    const turn = turns.spend(1 + frames)
    if (turn !== null) await turn
  }
}

function addressees({ change, group, oldRow, answer }: Parcel): readonly Addressed[] {
  if (answer?.matches === false) return []
  return [...group.audiences.values()]
    .filter((audience) => audience.wants(change))
    .map((audience) => ({ audience, oldRow }))
}
