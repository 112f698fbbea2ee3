// What a token would say, kept up to date while its claims are written.

import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'

import { askClerk } from '../../../api/clerk/ask-clerk.ts'
import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx'
import { Badge } from '../../../ui/display/badge.tsx'
import { Card } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { useInstanceName } from '../../api/clerk-request.ts'
import { type Claims, printClaims } from './parse-claims.ts'
import { PreviewSubject, type Subject } from './preview-subject.tsx'

interface TokenPreviewProps {
  /** Where the preview is asked for, below `/v1`. */
  readonly path: string
  /** What is sent beside the user; null while the text cannot be read. */
  readonly draft: Readonly<Record<string, unknown>> | null
  readonly subject: Subject
  readonly onSubject: (subject: Subject) => void
}

interface Preview {
  readonly claims: Claims
  readonly claims_bytes: number
  readonly claims_max_bytes: number | null
  readonly token_bytes: number
  readonly token_max_bytes: number | null
}

/** A card with a choice of the user and the claims as they would be rendered for her. */
export function TokenPreview({ path, draft, subject, onSubject }: TokenPreviewProps) {
  const instance = useInstanceName()
  const body = useDeferredValue(draft === null || subject.userId === '' ? null : { ...draft, ...subjectOf(subject) })
  const preview = useQuery({
    queryKey: ['clerk', instance, 'preview', path, body],
    queryFn: async () => await askClerk<Preview>(instance, { method: 'POST', path, body }),
    enabled: body !== null,
    placeholderData: (before: Preview | undefined) => before,
  })
  return (
    <Card title="Preview">
      <PreviewSubject subject={subject} onChange={onSubject} />
      {draft === null && <p className="text-sm text-quiet">The preview goes on when the claims can be read.</p>}
      <RefusalNote error={preview.error} />
      {preview.data !== undefined && !preview.isError && <Rendered preview={preview.data} />}
    </Card>
  )
}

function subjectOf({ userId, organizationId }: Subject): object {
  return { user_id: userId, ...(organizationId !== '' && { organization_id: organizationId }) }
}

function Rendered({ preview }: { readonly preview: Preview }) {
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Size what="Custom claims" bytes={preview.claims_bytes} most={preview.claims_max_bytes} />
        <Size what="Token" bytes={preview.token_bytes} most={preview.token_max_bytes} />
      </div>
      <CodeEditor language="json" label="Rendered claims" value={printClaims(preview.claims)} readOnly minLines={6} />
    </>
  )
}

interface SizeProps {
  readonly what: string
  readonly bytes: number
  readonly most: number | null
}

function Size({ what, bytes, most }: SizeProps) {
  if (most === null) return <Badge>{`${what}: ${bytes} bytes`}</Badge>
  const full = bytes > most
  const tone = full ? 'danger' : bytes > most * 0.8 ? 'warning' : 'good'
  return <Badge tone={tone}>{`${what}: ${bytes} of ${most} bytes${full ? ', too large' : ''}`}</Badge>
}
