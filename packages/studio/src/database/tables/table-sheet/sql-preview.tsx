// The statements that saving would run.

import { usePlatformChange } from '../../../api/platform.ts'
import { Button } from '../../../ui/button.tsx'
import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx'
import { CopyButton } from '../../../ui/display/copy.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Dialog } from '../../../ui/overlay/panel.tsx'
import type { SaveRequest } from './save-request.ts'

interface SqlPreviewProps {
  readonly save: SaveRequest
  readonly disabled: boolean
}

/** A button that asks the server for them, and shows what it answers. */
export function SqlPreview({ save, disabled }: SqlPreviewProps) {
  const preview = usePlatformChange<SaveRequest, { readonly sql: string }>(({ body, ...to }) => ({
    ...to,
    body: { ...body, preview: true },
  }))
  const sql = preview.data?.sql
  const shown = sql === '' ? '-- Nothing is otherwise than it was.' : sql
  return (
    <>
      <Button className="mr-auto" disabled={disabled} busy={preview.isPending} onClick={() => preview.mutate(save)}>
        View SQL
      </Button>
      <Dialog
        open={shown !== undefined || preview.isError}
        onClose={() => preview.reset()}
        title="What saving runs"
        footer={shown !== undefined && <CopyButton text={shown} label="Copy the SQL" />}
      >
        <RefusalNote error={preview.error} />
        {shown !== undefined && (
          <CodeEditor language="sql" label="SQL" value={shown} onChange={() => {}} readOnly minLines={8} />
        )}
      </Dialog>
    </>
  )
}
