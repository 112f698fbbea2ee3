// An editor for SQL and JSON. CodeMirror comes with the first one that is shown.

import { lazy, Suspense } from 'react'

import { useFieldProps } from '../form/field.tsx'
import type { CodeMirrorProps } from './code-mirror.tsx'

const CodeMirror = lazy(async () => ({ default: (await import('./code-mirror.tsx')).CodeMirror }))

type CodeEditorProps = Omit<CodeMirrorProps, 'describedBy' | 'invalid'>

/** Text with highlighting; Ctrl+Enter runs. Inside a Field it is described by the field's note, but needs its own `label`. */
export function CodeEditor(props: CodeEditorProps) {
  const field = useFieldProps()
  const lines = props.minLines ?? 4
  return (
    <Suspense
      fallback={
        <div className="rounded-md border border-line-strong bg-surface" style={{ height: `${lines * 1.5 + 1}em` }} />
      }
    >
      <CodeMirror {...props} describedBy={field['aria-describedby']} invalid={field['aria-invalid'] === true} />
    </Suspense>
  )
}
