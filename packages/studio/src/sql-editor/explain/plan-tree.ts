// EXPLAIN's JSON as a tree to look at: what each step does, costs and takes of the whole.

import { adviseOn } from './plan-advice.ts'

/** The members of EXPLAIN's node that are shown; the rest is left in `raw`. */
export interface RawNode {
  readonly 'Node Type': string
  readonly 'Parent Relationship'?: string
  readonly 'Subplan Name'?: string
  readonly 'Relation Name'?: string
  readonly Schema?: string
  readonly 'Index Name'?: string
  readonly 'Function Name'?: string
  readonly 'CTE Name'?: string
  readonly Operation?: string
  readonly 'Join Type'?: string
  readonly Filter?: string
  readonly 'Rows Removed by Filter'?: number
  readonly 'Total Cost'?: number
  readonly 'Plan Rows'?: number
  readonly 'Actual Rows'?: number
  readonly 'Actual Loops'?: number
  readonly 'Actual Total Time'?: number
  readonly 'Sort Space Type'?: string
  readonly 'Sort Space Used'?: number
  readonly 'Shared Hit Blocks'?: number
  readonly 'Shared Read Blocks'?: number
  readonly Plans?: readonly RawNode[]
  readonly [other: string]: unknown
}

export interface PlanNode {
  readonly title: string
  /** Conditions and keys, by Postgres' names. */
  readonly conditions: readonly { readonly name: string; readonly text: string }[]
  readonly cost: number
  readonly rowsPlanned: number
  /** Of all loops together; null where nothing ran. */
  readonly rowsMet: number | null
  readonly loops: number | null
  /** Of this step without those below it; null where nothing ran. */
  readonly milliseconds: number | null
  /** Of the whole's time, or of its cost where nothing ran; 0 to 1. */
  readonly share: number
  readonly buffers: { readonly hit: number; readonly read: number } | null
  readonly advice: readonly string[]
  readonly children: readonly PlanNode[]
}

export interface PlanTree {
  readonly root: PlanNode
  readonly planningTime: number | null
  readonly executionTime: number | null
}

/** Null where this is no plan. */
export function planTree(explained: unknown): PlanTree | null {
  const [whole] = Array.isArray(explained) ? (explained as Record<string, unknown>[]) : []
  const plan = whole?.['Plan'] as RawNode | undefined
  if (plan === undefined) return null
  const time = totalTime(plan)
  const measure: Measure =
    time === null ? { of: totalCost, total: totalCost(plan) } : { of: (node) => totalTime(node) ?? 0, total: time }
  return {
    root: nodeOf(plan, measure),
    planningTime: numberOrNull(whole?.['Planning Time']),
    executionTime: numberOrNull(whole?.['Execution Time']),
  }
}

/** By what a step's share is measured. */
interface Measure {
  readonly of: (node: RawNode) => number
  readonly total: number
}

function nodeOf(raw: RawNode, measure: Measure): PlanNode {
  const children = raw.Plans ?? []
  const own = Math.max(0, measure.of(raw) - sum(children.map(measure.of)))
  const time = totalTime(raw)
  const loops = raw['Actual Loops'] ?? null
  return {
    title: titleOf(raw),
    conditions: conditionsOf(raw),
    cost: totalCost(raw),
    rowsPlanned: raw['Plan Rows'] ?? 0,
    rowsMet: loops === null ? null : Math.round((raw['Actual Rows'] ?? 0) * loops),
    loops,
    milliseconds: time === null ? null : Math.max(0, time - sum(children.map((child) => totalTime(child) ?? 0))),
    share: measure.total === 0 ? 0 : Math.min(1, own / measure.total),
    buffers: buffersOf(raw),
    advice: adviseOn(raw),
    children: children.map((child) => nodeOf(child, measure)),
  }
}

function titleOf(raw: RawNode): string {
  const does = raw['Node Type'] === 'ModifyTable' ? (raw.Operation ?? 'Modify') : raw['Node Type']
  const kind = raw['Join Type'] !== undefined && raw['Join Type'] !== 'Inner' ? `${does} (${raw['Join Type']})` : does
  const relation = raw['Relation Name'] ?? raw['Function Name'] ?? raw['CTE Name']
  const on = relation === undefined ? '' : ` on ${raw.Schema === undefined ? '' : `${raw.Schema}.`}${relation}`
  const by = raw['Index Name'] === undefined ? '' : ` by ${raw['Index Name']}`
  const within = raw['Subplan Name'] === undefined ? '' : `${raw['Subplan Name']}: `
  return `${within}${kind}${on}${by}`
}

const CONDITIONS = [
  'Filter',
  'Index Cond',
  'Recheck Cond',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'One-Time Filter',
  'Sort Key',
  'Group Key',
  'Sort Method',
]

function conditionsOf(raw: RawNode): PlanNode['conditions'] {
  return CONDITIONS.flatMap((name) => {
    const value = raw[name]
    if (typeof value === 'string') return [{ name, text: value }]
    return Array.isArray(value) ? [{ name, text: value.map(String).join(', ') }] : []
  })
}

function buffersOf(raw: RawNode): PlanNode['buffers'] {
  const hit = raw['Shared Hit Blocks']
  return hit === undefined ? null : { hit, read: raw['Shared Read Blocks'] ?? 0 }
}

/** Milliseconds of all loops together. */
function totalTime(raw: RawNode): number | null {
  const each = raw['Actual Total Time']
  return each === undefined ? null : each * (raw['Actual Loops'] ?? 1)
}

function totalCost(raw: RawNode): number {
  return raw['Total Cost'] ?? 0
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
