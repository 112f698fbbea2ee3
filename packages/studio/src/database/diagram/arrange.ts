// Where each table of a diagram stands: those that are pointed to at the left of those that point to them.

import { Graph, layout } from '@dagrejs/dagre'

import { type Diagram, type DiagramTable, idOf } from './diagram.ts'

/** Pixels. The table's box is drawn to these. */
export const boxWidth = 264
export const headHeight = 38
export const rowHeight = 26

export interface Placed {
  readonly table: DiagramTable
  readonly x: number
  readonly y: number
}

/** The upper left corner of each table's box; the same diagram is always arranged alike. */
export function arrange({ tables, relationships }: Diagram): readonly Placed[] {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 32, ranksep: 96, marginx: 16, marginy: 16 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const table of tables) {
    graph.setNode(idOf(table.schema, table.name), {
      width: boxWidth,
      height: headHeight + rowHeight * table.columns.length,
    })
  }
  for (const { name, from, to } of relationships) {
    const [source, target] = [idOf(to.schema, to.table), idOf(from.schema, from.table)]
    if (graph.hasNode(source) && graph.hasNode(target)) graph.setEdge(source, target, {}, name)
  }
  layout(graph)
  return tables.map((table) => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(idOf(table.schema, table.name))
    return { table, x: x - width / 2, y: y - height / 2 }
  })
}
