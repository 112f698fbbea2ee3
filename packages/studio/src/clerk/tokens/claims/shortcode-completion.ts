// Completion of shortcodes while claims are being written.

import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { EditorState, type Extension } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'

import { shortcodeBeingWritten, shortcodes } from './shortcodes.ts'

/** Offers every shortcode after `{{` and after `||`. */
export const shortcodeCompletion: Extension = EditorState.languageData.of(() => [{ autocomplete: complete }])

const options: readonly Completion[] = shortcodes.map(({ path, means }) => ({
  label: path,
  detail: means,
  type: 'property',
  apply: insert,
}))

function complete(context: CompletionContext): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos)
  const written = shortcodeBeingWritten(line.text.slice(0, context.pos - line.from))
  if (written === null) return null
  return { from: context.pos - written.length, options: [...options], validFor: /^[\w.]*$/ }
}

/** Puts the name there, and closes the shortcode where that has not been done. */
function insert(view: EditorView, completion: Completion, from: number, to: number): void {
  const rest = view.state.sliceDoc(to, view.state.doc.lineAt(to).to)
  const close = /^[^{"]*\}\}/.test(rest) ? '' : '}}'
  view.dispatch({
    changes: { from, to, insert: completion.label + close },
    selection: { anchor: from + completion.label.length },
    userEvent: 'input.complete',
  })
}
