// Sends a file and tells how much of it is through; `fetch` cannot tell.

import { RequestRefused } from '../../api/request.ts'
import type { TableName } from '../rows/relation.ts'
import type { Delimiter } from './parse-csv.ts'

export interface Upload {
  readonly table: TableName
  readonly file: Blob
  readonly delimiter: Delimiter
  /** For each field the column it goes into, or null. */
  readonly columns: readonly (string | null)[]
  readonly as: object | null
  readonly onProgress: (share: number) => void
  readonly signal: AbortSignal
}

/** The number of rows imported. Throws RequestRefused. */
export async function upload({ table, file, delimiter, columns, as, onProgress, signal }: Upload): Promise<number> {
  const query = new URLSearchParams({ ...table, delimiter, columns: JSON.stringify(columns), as: JSON.stringify(as) })
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const request = new XMLHttpRequest()
  request.open('POST', `/platform/v1/rows/import?${query.toString()}`)
  request.setRequestHeader('content-type', 'text/csv')
  request.setRequestHeader('x-tenon-studio', '1')
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total))
  request.addEventListener('load', () => {
    const body = bodyOf(request.responseText)
    if (request.status < 300) resolve(Number(body['imported']))
    else reject(new RequestRefused(request.status, body))
  })
  const lost = (): void =>
    reject(new RequestRefused(0, { message: 'The server cannot be reached. Nothing was imported.' }))
  request.addEventListener('error', lost)
  request.addEventListener('abort', () => reject(new RequestRefused(0, { message: 'Stopped. Nothing was imported.' })))
  signal.addEventListener('abort', () => request.abort())
  request.send(file)
  return await promise
}

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}
