// The file of a body that was parsed as a form.

import type { FormBody, UploadedFile } from '../http/read-bodies.ts'

/** The file of a multipart body, or of a body that is one; null where there is none. */
export function uploadedFile(body: unknown): UploadedFile | null {
  return isForm(body) ? body.file : null
}

function isForm(body: unknown): body is FormBody {
  return typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'form'
}
