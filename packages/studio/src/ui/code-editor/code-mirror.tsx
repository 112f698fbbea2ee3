// CodeMirror as a React component: the text goes in and out, everything else is its own.

import type { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'

import { classes } from '../classes.ts'
import { createEditor, type EditorSettings } from './create-editor.ts'

export interface CodeMirrorProps extends Omit<EditorSettings, 'onChange' | 'onRun'> {
  readonly value: string
  readonly onChange?: (value: string) => void
  /** Ctrl+Enter, with the text that is selected or else the whole. */
  readonly onRun?: (text: string) => void
  readonly describedBy?: string | undefined
  readonly invalid?: boolean
  readonly className?: string
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
      onRun: (text) => latest.current.onRun?.(text),
    })
    view.current = editor
    return () => editor.destroy()
  }, [])

  useEffect(() => {
    const editor = view.current
    if (editor === null || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

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
