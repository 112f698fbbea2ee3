// Where the columns of views come from. Postgres notes it in the tree of a view's SELECT rule
// (`pg_rewrite.ev_action`): each entry of the target list carries `resorigtbl` and `resorigcol`, already looked
// up through joins, sub-selects in FROM and CTEs, and zero for expressions and unions. What it does not look
// through is another view; that is done here.

/** A column of a relation, by oid (as text) and attribute number. */
export interface ColumnOrigin {
  readonly table: string
  readonly column: number
}

/** Attribute number of the view → where it comes from; expressions are absent. */
export type ViewTree = ReadonlyMap<number, ColumnOrigin>

/** Base table's oid → its attribute number → the view's attribute numbers that show it, ascending. */
export type TracedView = ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>

// Backslash escapes protect the brackets inside names, so that depth can be counted.
const token = /\\[^]|[(){}]|:(targetList|resno|resorigtbl|resorigcol)\b(?: (-?\d+))?/g

// `({QUERY :targetList ({TARGETENTRY :resno …`: the list opens below two brackets, its entries' fields below four.
const queryDepth = 2
const entryDepth = 4

/** Reads the origins out of the printed tree of a view's SELECT rule. */
export function parseViewTree(tree: string): ViewTree {
  const origins = new Map<number, ColumnOrigin>()
  let depth = 0
  let inTargetList = false
  const entry = { resno: 0, resorigtbl: '0', resorigcol: 0 }
  for (const [found, field, value] of tree.matchAll(token)) {
    if (found === '(' || found === '{') depth += 1
    else if (found === ')' || found === '}') {
      depth -= 1
      if (inTargetList && depth === queryDepth) return origins
      if (inTargetList && depth === entryDepth - 1 && entry.resorigtbl !== '0') {
        origins.set(entry.resno, { table: entry.resorigtbl, column: entry.resorigcol })
      }
    } else if (field === 'targetList') inTargetList ||= depth === queryDepth
    else if (inTargetList && depth === entryDepth && value !== undefined) {
      if (field === 'resno') entry.resno = Number(value)
      if (field === 'resorigtbl') entry.resorigtbl = value
      if (field === 'resorigcol') entry.resorigcol = Number(value)
    }
  }
  return origins
}

/** Follows every column of every view down to a relation that is none of `trees`. Views that stand on themselves end nowhere. */
export function traceViews(trees: ReadonlyMap<string, ViewTree>): Map<string, TracedView> {
  const traced = new Map<string, TracedView>()
  for (const [view, tree] of trees) {
    const tables = new Map<string, Map<number, number[]>>()
    for (const [number, first] of [...tree].toSorted(([a], [b]) => a - b)) {
      const origin = traceColumn(trees, first)
      if (origin === undefined) continue
      const columns = tables.get(origin.table) ?? new Map<number, number[]>()
      tables.set(origin.table, columns)
      const shown = columns.get(origin.column)
      if (shown === undefined) columns.set(origin.column, [number])
      else shown.push(number)
    }
    traced.set(view, tables)
  }
  return traced
}

function traceColumn(trees: ReadonlyMap<string, ViewTree>, first: ColumnOrigin): ColumnOrigin | undefined {
  const seen = new Set<string>()
  let origin: ColumnOrigin | undefined = first
  while (origin !== undefined) {
    const tree = trees.get(origin.table)
    if (tree === undefined) return origin
    if (seen.has(origin.table)) return undefined
    seen.add(origin.table)
    origin = tree.get(origin.column)
  }
  return undefined
}
