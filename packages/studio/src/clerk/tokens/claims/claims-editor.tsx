// Where claims are written: JSON with shortcodes, and a list of those at hand.

import { useRef, useState } from 'react'

import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx'
import { CopyButton } from '../../../ui/display/copy.tsx'
import { Field } from '../../../ui/form/field.tsx'
import type { Subject } from './preview-subject.tsx'
import { shortcodeCompletion } from './shortcode-completion.ts'
import { type Shortcode, shortcodes } from './shortcodes.ts'
import { useMetadataShortcodes } from './use-metadata-shortcodes.ts'

interface ClaimsEditorProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Whose metadata completion knows as well. */
  readonly subject: Subject
  readonly problem?: string | undefined
  /** Ctrl+Enter. */
  readonly onSave: () => void
}

/** The editor, with what is wrong right below it. */
export function ClaimsEditor({ value, onChange, subject, problem, onSave }: ClaimsEditorProps) {
  const within = useRef<readonly Shortcode[]>([])
  within.current = useMetadataShortcodes(subject)
  const [extensions] = useState(() => [shortcodeCompletion(() => within.current)])
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Field
        label="Claims"
        hint="One JSON object. Type {{ in a text to complete a shortcode; {{a || 'b'}} falls back where there is no a."
        error={problem}
      >
        <CodeEditor
          language="json"
          label="Claims"
          value={value}
          onChange={onChange}
          onRun={onSave}
          minLines={10}
          extensions={extensions}
        />
      </Field>
      <details className="text-sm">
        <summary className="font-medium">Shortcodes</summary>
        <ul className="mt-2 grid gap-x-6 gap-y-1 sm:grid-cols-2">
          {shortcodes.map(({ path, means }) => (
            <li key={path} className="flex min-w-0 flex-wrap items-center gap-2">
              <code className="font-mono text-xs break-all">{`{{${path}}}`}</code>
              <span className="min-w-0 flex-1 text-xs text-quiet">{means}</span>
              <CopyButton text={`{{${path}}}`} label={`Copy ${path}`} />
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}
