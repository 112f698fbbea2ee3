// A transaction as the list of commands that are sent for it, in order.

import type { Sql } from '../sql.ts'
import type { Setting, Transaction } from '../statement.ts'
import { begin, CHECK_CONSTRAINTS, COMMIT, ROLLBACK } from './sql/transaction-control.ts'
import type { Shape, Shapes } from './shapes.ts'

/** One command of a flush. */
export interface Step {
  readonly shape: Shape
  readonly values: readonly (string | null)[]
  /** Whether the caller asked for this command's rows; ours are dropped. */
  readonly wanted: boolean
}

const READ_ONLY: Setting = ['transaction_read_only', 'on']
const NO_VALUES: readonly string[] = []
/** Commands that are planned the same under every role. */
const ANY_ROLE = ''

/** Whether the transaction needs a BEGIN: the implicit one is READ COMMITTED and always commits. */
export function isExplicit(transaction: Transaction): boolean {
  return transaction.isolation !== undefined || transaction.end === 'rollback'
}

/** Everything of a transaction that is settled in one flush. */
export function wholeSteps(transaction: Transaction, shapes: Shapes): readonly Step[] {
  const body = bodySteps(transaction, shapes)
  if (!isExplicit(transaction)) return body
  return [control(begin(transaction.isolation), shapes), ...body, ...endSteps(transaction, shapes)]
}

/** The part of a transaction before its end is decided. */
export function openSteps(transaction: Transaction, shapes: Shapes): readonly Step[] {
  return [control(begin(transaction.isolation), shapes), ...bodySteps(transaction, shapes)]
}

/** The commands that end a transaction opened with BEGIN. */
export function endSteps(transaction: Transaction, shapes: Shapes): readonly Step[] {
  if (transaction.end === 'commit') return [control(COMMIT, shapes)]
  return [control(CHECK_CONSTRAINTS, shapes), control(ROLLBACK, shapes)]
}

function bodySteps(transaction: Transaction, shapes: Shapes): Step[] {
  const settings = settingsInOrder(transaction)
  const steps: Step[] = [{ shape: shapes.ofSettings(settings), values: settings.map(settingValue), wanted: false }]
  for (const { text, values } of transaction.statements) {
    steps.push({ shape: shapes.of(transaction.role, text), values, wanted: true })
  }
  return steps
}

function settingsInOrder(transaction: Transaction): readonly Setting[] {
  const ordered: Setting[] = transaction.settingsBeforeRole === undefined ? [] : [...transaction.settingsBeforeRole]
  if (transaction.readOnly) ordered.push(READ_ONLY)
  ordered.push(['role', transaction.role])
  for (const setting of transaction.settings) ordered.push(setting)
  return ordered
}

function settingValue(setting: Setting): string {
  return setting[1]
}

function control(text: Sql, shapes: Shapes): Step {
  return { shape: shapes.of(ANY_ROLE, text), values: NO_VALUES, wanted: false }
}
