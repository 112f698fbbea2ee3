// One table of the picture: its name, and a line for each column.

import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { Diamond, Fingerprint, Hash, KeyRound } from 'lucide-react'

import { boxWidth, headHeight, rowHeight } from './arrange.ts'
import type { DiagramColumn, DiagramTable } from './diagram.ts'
import { TableLink } from './table-link.tsx'

export type TableNode = Node<{ readonly table: DiagramTable }, 'table'>

/** The picture's own boxes may be dragged; nothing is connected by hand. */
export function TableBox({ data: { table } }: NodeProps<TableNode>) {
  return (
    <div
      className="overflow-hidden rounded-md border border-line-strong bg-surface shadow-sm"
      style={{ width: boxWidth }}
    >
      <div className="flex items-center border-b border-line bg-sunken px-2.5" style={{ height: headHeight }}>
        <TableLink table={table} className="nodrag truncate text-sm font-semibold hover:underline" />
      </div>
      {table.columns.map((column) => (
        <ColumnLine key={column.name} column={column} />
      ))}
    </div>
  )
}

/** Keys arrive at the left of what they point to, and leave at the right. */
function ColumnLine({ column }: { readonly column: DiagramColumn }) {
  return (
    <div className="relative flex items-center gap-1.5 px-2.5 text-xs" style={{ height: rowHeight }}>
      <Handle
        type="target"
        id={`to ${column.name}`}
        position={Position.Left}
        isConnectable={false}
        className="opacity-0"
      />
      <Sign column={column} />
      <span className="truncate">{column.name}</span>
      <span className="ml-auto truncate pl-2 font-mono text-quiet">{column.type}</span>
      <Handle
        type="source"
        id={`from ${column.name}`}
        position={Position.Right}
        isConnectable={false}
        className="opacity-0"
      />
    </div>
  )
}

function Sign({ column: { primary, unique, identity, nullable } }: { readonly column: DiagramColumn }) {
  const [Icon, words] = primary
    ? [KeyRound, 'primary key']
    : identity
      ? [Hash, 'identity']
      : unique
        ? [Fingerprint, 'unique']
        : [Diamond, nullable ? 'nullable' : 'not null']
  const look = primary ? 'text-brand' : nullable ? 'text-quiet' : 'fill-current text-quiet'
  return <Icon className={`size-3 shrink-0 ${look}`} role="img" aria-label={words} />
}
