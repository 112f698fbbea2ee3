// The picture of a schema. Comes with the library that draws it, only when it is looked at.

import '@xyflow/react/dist/style.css'

import { Background, Controls, type Edge, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react'
import { useEffect } from 'react'

import { useTheme } from '../../app/theme.ts'
import { arrange } from './arrange.ts'
import { type Diagram, idOf } from './diagram.ts'
import { TableBox, type TableNode } from './table-box.tsx'

const noEdges: Edge[] = []
const nodeTypes = { table: TableBox }

/** Arranges itself; whoever drags a table keeps it there until the schema changes. */
export function Picture({ diagram }: { readonly diagram: Diagram }) {
  const theme = useTheme()
  const [nodes, setNodes, onNodesChange] = useNodesState<TableNode>([])
  const [edges, setEdges, onEdgesChange] = useEdgesState(noEdges)
  useEffect(() => {
    setNodes(nodesOf(diagram))
    setEdges(edgesOf(diagram))
  }, [diagram, setNodes, setEdges])
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      nodeTypes={nodeTypes}
      colorMode={theme}
      nodesConnectable={false}
      edgesFocusable={false}
      nodesFocusable={false}
      deleteKeyCode={null}
      minZoom={0.1}
      fitView
      fitViewOptions={{ maxZoom: 1 }}
      aria-label="Diagram of the schema"
    >
      <Background bgColor="var(--surface)" color="var(--line)" />
      <Controls showInteractive={false} />
    </ReactFlow>
  )
}

function nodesOf(diagram: Diagram): TableNode[] {
  return arrange(diagram).map(({ table, x, y }) => ({
    id: idOf(table.schema, table.name),
    type: 'table',
    position: { x, y },
    data: { table },
  }))
}

/** From the column that is pointed to, at its right, to the one that points: so the picture reads from left to right. */
function edgesOf({ tables, relationships }: Diagram): Edge[] {
  const shown = new Set(tables.map(({ schema, name }) => idOf(schema, name)))
  return relationships
    .map(({ name, from, to, one }) => ({
      id: `${idOf(from.schema, from.table)} ${name}`,
      source: idOf(to.schema, to.table),
      sourceHandle: `from ${to.columns[0] ?? ''}`,
      target: idOf(from.schema, from.table),
      targetHandle: `to ${from.columns[0] ?? ''}`,
      style: { stroke: 'var(--line-strong)' },
      label: one ? '1 : 1' : '1 : n',
      labelStyle: { fill: 'var(--quiet)' },
      labelBgStyle: { fill: 'var(--surface)' },
      ariaLabel: `${from.table}.${from.columns.join(', ')} references ${to.table}.${to.columns.join(', ')}`,
    }))
    .filter(({ source, target }) => shown.has(source) && shown.has(target))
}
