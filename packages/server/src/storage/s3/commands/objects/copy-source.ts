// Where a copy comes from, and whether it is still what the client thinks it is.

import { Refusal } from '../../../../refusal/refusal.ts'
import { findForCaller } from '../../../objects/download/find-object.ts'
import { judgeConditions } from '../../../objects/download/asked/conditions.ts'
import { factsOf } from '../../../objects/download/headers/object-facts.ts'
import type { Place } from '../../../objects/sql/read-object.ts'
import type { StorageOperation } from '../../../access/operations.ts'
import type { ObjectRow } from '../../../rows/object-row.ts'
import type { S3Deps, S3Request } from '../../s3-request.ts'

const CONDITIONS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'] as const

/** Refuses with `s3.argument-invalid` what is not `[/]<bucket>/<key>`, percent-encoded. */
export function parseCopySource(request: Pick<S3Request, 'header'>): Place {
  const [path = '', version] = (request.header('x-amz-copy-source') ?? '').split('?versionId=')
  const [bucket = '', ...rest] = decoded(path).replace(/^\//, '').split('/')
  const name = rest.join('/')
  if (bucket === '' || name === '') throw invalid('is not <bucket>/<key>')
  if (version !== undefined && version !== 'null')
    throw new Refusal('s3.not-implemented', { what: 'A copy of an older version' })
  return { bucket, name }
}

/** As the caller sees it. Refuses as a download does, and with `storage.precondition-failed`. */
export async function readCopySource(
  request: Pick<S3Request, 'header' | 'caller'>,
  { database }: Pick<S3Deps, 'database'>,
  operation: StorageOperation,
): Promise<ObjectRow> {
  const row = await findForCaller(database, request.caller, parseCopySource(request), operation)
  const conditions = Object.fromEntries(
    CONDITIONS.map((name) => [name, request.header(`x-amz-copy-source-${name}`) ?? undefined]),
  )
  if (judgeConditions(conditions, factsOf(row)) !== 'wanted') throw new Refusal('storage.precondition-failed', {})
  return row
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw invalid('is no percent-encoding')
  }
}

function invalid(reason: string): Refusal {
  return new Refusal('s3.argument-invalid', { argument: 'x-amz-copy-source', reason })
}
