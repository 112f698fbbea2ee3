// A file or a pasted text into a table: what it holds, which field goes where, how far it is.

import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Sheet } from '../../ui/overlay/panel.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { counted } from '../../ui/words/amounts.ts'
import type { Relation } from '../rows/relation.ts'
import { ImportPreview } from './import-preview.tsx'
import { ImportSource } from './import-source.tsx'
import { type ReadSource, readSource } from './read-source.ts'
import { upload } from './upload.ts'

interface ImportSheetProps {
  readonly relation: Relation
  readonly as: object | null
  readonly onClose: () => void
  readonly onImported: () => void
}

export function ImportSheet({ relation, as, onClose, onImported }: ImportSheetProps) {
  const [source, setSource] = useState<ReadSource | null>(null)
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [abort, setAbort] = useState<AbortController | null>(null)
  const take = async (file: Blob | null): Promise<void> => {
    setError(null)
    setSource(file === null || file.size === 0 ? null : await readSource(file, relation))
  }
  const run = async (): Promise<void> => {
    if (source === null) return
    const controller = new AbortController()
    setAbort(controller)
    setError(null)
    setShare(0)
    const { file, delimiter, columns } = source
    const table = { schema: relation.schema, name: relation.name }
    try {
      const sent = { table, file, delimiter, columns, as, onProgress: setShare, signal: controller.signal }
      const rows = await upload(sent)
      toast.good(`Imported ${counted(rows, 'row')} into ${relation.name}.`)
      onImported()
    } catch (thrown) {
      setError(thrown)
      setShare(null)
    }
  }
  const ready = source !== null && source.columns.some((column) => column !== null)
  return (
    <Sheet
      open
      onClose={() => {
        abort?.abort()
        onClose()
      }}
      dirty={source !== null && share === null}
      title={`Import data into ${relation.name}`}
      description="CSV, its first line naming the columns. An empty field is NULL, an empty field in quotes the empty text. All of it is imported, or nothing."
      footer={
        <>
          <Button onClick={() => (share === null ? onClose() : abort?.abort())}>
            {share === null ? 'Cancel' : 'Stop'}
          </Button>
          <Button variant="primary" disabled={!ready} busy={share !== null} onClick={() => void run()}>
            Import data
          </Button>
        </>
      }
    >
      <ImportSource onTake={(file) => void take(file)} />
      {source !== null && (
        <ImportPreview relation={relation} source={source} onColumns={(columns) => setSource({ ...source, columns })} />
      )}
      {share !== null && <Progress share={share} />}
      <RefusalNote error={error} />
    </Sheet>
  )
}

function Progress({ share }: { readonly share: number }) {
  return (
    <div role="status" className="flex items-center gap-2 text-sm text-quiet">
      <progress aria-label="Import" max={1} value={share} className="flex-1 accent-(--brand)" />
      {share < 1 ? `${Math.floor(share * 100)} % sent` : 'Sent; Postgres is reading it'}
    </div>
  )
}
