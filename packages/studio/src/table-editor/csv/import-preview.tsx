// The first records of a file, each field below the column it goes into.

import { Select } from '../../ui/form/select.tsx'
import { takesValue } from '../row-sheet/draft.ts'
import type { Relation } from '../rows/relation.ts'
import type { ReadSource } from './read-source.ts'

interface ImportPreviewProps {
  readonly relation: Relation
  readonly source: ReadSource
  readonly onColumns: (columns: ReadSource['columns']) => void
}

const NOWHERE = '\0none'

export function ImportPreview({ relation, source, onColumns }: ImportPreviewProps) {
  const { header, records, columns } = source
  const options = [
    { value: NOWHERE, label: 'Leave out' },
    ...relation.columns.filter(takesValue).map(({ name, type }) => ({ value: name, label: name, hint: type })),
  ]
  return (
    <div className="overflow-x-auto rounded-md border border-line" tabIndex={0} role="region" aria-label="Preview">
      <table className="w-full border-collapse text-xs">
        <thead>
          <tr className="bg-sunken text-left">
            {header.map((name, index) => (
              <th key={index} scope="col" className="min-w-36 border-b border-line p-2 align-top font-medium">
                <span className="mb-1 block truncate">{name === '' ? `Field ${index + 1}` : name}</span>
                <Select
                  label={`Column for ${name === '' ? `field ${index + 1}` : name}`}
                  value={columns[index] ?? NOWHERE}
                  onChange={(chosen) => onColumns(columns.with(index, chosen === NOWHERE ? null : chosen))}
                  options={options}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record, line) => (
            <tr key={line} className="border-b border-line last:border-0">
              {header.map((_, index) => (
                <td key={index} className="max-w-60 truncate p-2 font-mono">
                  {record[index] ? record[index] : <Nothing value={record[index] ?? null} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Nothing({ value }: { readonly value: string | null }) {
  return <span className="text-quiet italic">{value === null ? 'NULL' : 'EMPTY'}</span>
}
