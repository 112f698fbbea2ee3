// Saves rows as a file while they arrive.

import { useState } from 'react'

import { send } from '../../api/request.ts'
import { toast } from '../../ui/overlay/toast.tsx'
import { saveFile } from '../../ui/save-file.ts'
import type { RowsAsked } from '../rows/window/page-request.ts'
import { sayRefusal } from '../rows/say-refusal.ts'

export interface Exporting {
  /** Lines that came so far; null while nothing is exported. */
  readonly lines: number | null
  run(asked: RowsAsked): Promise<void>
  stop(): void
}

const LINE_FEED = 10

export function useExport(): Exporting {
  const [lines, setLines] = useState<number | null>(null)
  const [controller, setController] = useState<AbortController | null>(null)
  return {
    lines,
    stop: () => controller?.abort(),
    async run(asked) {
      const abort = new AbortController()
      setController(abort)
      setLines(0)
      try {
        const file = await received(asked, abort.signal, setLines)
        saveFile(`${asked.table.name}.csv`, file)
      } catch (error) {
        if (!abort.signal.aborted) toast.bad(`The export was not finished: ${sayRefusal(error)}`)
      } finally {
        setLines(null)
      }
    },
  }
}

/** The browser keeps large ones on disk. */
async function received(asked: RowsAsked, signal: AbortSignal, onLines: (lines: number) => void): Promise<Blob> {
  const response = await send('/platform/v1/rows/export', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked),
    signal,
  })
  let lines = -1
  const counted = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        for (const byte of chunk) if (byte === LINE_FEED) lines += 1
        onLines(Math.max(0, lines))
        controller.enqueue(chunk)
      },
    }),
  )
  return await new Response(counted ?? null, { headers: { 'content-type': 'text/csv' } }).blob()
}
