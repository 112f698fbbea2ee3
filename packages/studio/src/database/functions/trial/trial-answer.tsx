// What a function answered.

import { DataTable } from '../../../ui/display/data-table.tsx'

/** As `POST /functions/:oid/try` answers. */
export interface Trial {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly more: boolean
}

export function TrialAnswer({ trial: { columns, rows, more } }: { readonly trial: Trial }) {
  return (
    <section aria-label="Answer" aria-live="polite" className="flex flex-col gap-1">
      <DataTable<Row>
        label="Rows of the answer"
        columns={columns.map((head, place) => ({
          id: `${place} ${head}`,
          head,
          cell: ({ cells }: Row) => <Value value={cells[place] ?? null} />,
        }))}
        rows={rows.map((cells, place) => ({ place, cells }))}
        keyOf={({ place }) => String(place)}
        empty={<p className="text-sm text-quiet">It answered without a row.</p>}
      />
      {more && <p className="text-xs text-quiet">{`These are the first ${rows.length} rows; there are more.`}</p>}
    </section>
  )
}

interface Row {
  readonly place: number
  readonly cells: readonly (string | null)[]
}

function Value({ value }: { readonly value: string | null }) {
  if (value === null) return <span className="text-quiet italic">NULL</span>
  return <code className="font-mono text-xs break-all whitespace-pre-wrap">{value}</code>
}
