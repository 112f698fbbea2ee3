// CodeMirror as a React component: the text goes in and out, everything else is its own.

import type { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'

import { classes } from '../classes.ts'
import { completeFrom, createEditor, type EditorSettings } from './create-editor.ts'
import { type Problem, showProblem } from './problem-mark.ts'

export interface CodeMirrorProps extends Omit<EditorSettings, 'onChange' | 'onRun' | 'onSelect'> {
  readonly value: string
  readonly onChange?: (value: string) => void
  /** Ctrl+Enter, with the text that is selected or else the whole, and where it begins. */
  readonly onRun?: EditorSettings['onRun']
  readonly onSelect?: EditorSettings['onSelect']
  /** Marked at its place until the text changes. */
  readonly problem?: Problem | null
  readonly describedBy?: string | undefined
  readonly invalid?: boolean
  readonly className?: string
  /** Takes the focus as soon as it is there, behind the text. */
  readonly autoFocus?: boolean
}

/** The editor of one text; a change of language or read-only needs a `key`. */
export function CodeMirror(props: CodeMirrorProps) {
  const { value, className, describedBy, invalid = false } = props
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    if (place.current === null) return
    const editor = createEditor(place.current, latest.current.value, {
      ...latest.current,
      onChange: (text) => latest.current.onChange?.(text),
      onRun: (text, from) => latest.current.onRun?.(text, from),
      onSelect: (selection) => latest.current.onSelect?.(selection),
    })
    view.current = editor
    if (latest.current.autoFocus === true) focusAtEnd(editor)
    return () => editor.destroy()
  }, [])

  useEffect(() => {
    const editor = view.current
    if (editor === null || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  const { language, schema, problem = null } = props
  useEffect(() => {
    if (view.current !== null && schema !== undefined) completeFrom(view.current, { language, schema })
  }, [language, schema])

  useEffect(() => {
    if (view.current !== null) showProblem(view.current, problem)
  }, [problem])

  useEffect(() => {
    const content = view.current?.contentDOM
    content?.setAttribute('aria-invalid', String(invalid))
    if (describedBy === undefined) content?.removeAttribute('aria-describedby')
    else content?.setAttribute('aria-describedby', describedBy)
  }, [describedBy, invalid])

  return (
    <div
      ref={place}
      className={classes(
        'min-w-0 overflow-hidden rounded-md border border-line-strong bg-surface',
        invalid && 'border-danger',
        className,
      )}
    />
  )
}

function focusAtEnd(editor: EditorView): void {
  editor.dispatch({ selection: { anchor: editor.state.doc.length } })
  editor.focus()
}
