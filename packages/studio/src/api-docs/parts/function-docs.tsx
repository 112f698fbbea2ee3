// A function: what it takes and answers with, and how it is called.

import { Badge } from '../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../ui/display/data-table.tsx'
import { Empty } from '../../ui/display/page.tsx'
import type { DescribedArgument, DescribedFunction, Project } from '../snippets/described.ts'
import { functionSnippets } from '../snippets/function-snippets.ts'
import { Snippets } from './snippets.tsx'

interface FunctionDocsProps {
  readonly project: Project
  readonly described: DescribedFunction
}

export function FunctionDocs({ project, described }: FunctionDocsProps) {
  const { name, behaviour, returns, comment } = described
  const inputs = described.arguments.filter(({ mode }) => mode !== 'out' && mode !== 'table')
  const snippets = functionSnippets(described, project)
  return (
    <>
      <header className="flex flex-col gap-1">
        <h2 className="flex flex-wrap items-center gap-2 text-lg font-semibold">
          {name} <Badge>{behaviour}</Badge>
        </h2>
        <p className="text-sm text-quiet">{comment === '' ? 'No description.' : comment}</p>
        <p className="text-sm">
          Returns <code className="font-mono text-xs">{returns ?? 'nothing'}</code>
        </p>
      </header>
      <DataTable
        label={`Arguments of ${name}`}
        columns={columns}
        rows={inputs}
        keyOf={(argument) => argument.name}
        empty={<p className="text-sm text-quiet">It takes no arguments.</p>}
      />
      {snippets.length === 0 ? (
        <Empty
          title="A request cannot call it"
          body="It is a trigger or a procedure, or takes an argument that has no name."
        />
      ) : (
        <Snippets snippets={snippets} />
      )}
    </>
  )
}

const columns: readonly Column<DescribedArgument>[] = [
  {
    id: 'name',
    head: 'Argument',
    cell: ({ name }) => <span className="font-mono text-xs">{name === '' ? 'the body' : name}</span>,
  },
  { id: 'type', head: 'Type', cell: ({ type }) => <code className="font-mono text-xs">{type}</code> },
  {
    id: 'default',
    head: 'Default',
    cell: (argument) => <code className="font-mono text-xs">{argument.default ?? 'required'}</code>,
  },
]
