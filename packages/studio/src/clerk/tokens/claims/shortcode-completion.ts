// Completion of shortcodes while claims are being written.

import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { EditorState, type Extension } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'

import { type Shortcode, shortcodeBeingWritten, shortcodes } from './shortcodes.ts'

/** Offers every shortcode after `{{` and after `||`, and `more`, which is asked each time. */
export function shortcodeCompletion(more: () => readonly Shortcode[]): Extension {
  const autocomplete = (context: CompletionContext) => complete(context, [...shortcodes, ...more()])
  return EditorState.languageData.of(() => [{ autocomplete }])
}

function complete(context: CompletionContext, offered: readonly Shortcode[]): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos)
  const written = shortcodeBeingWritten(line.text.slice(0, context.pos - line.from))
  if (written === null) return null
  return { from: context.pos - written.length, options: offered.map(optionOf), validFor: /^[\w.]*$/ }
}

function optionOf({ path, means }: Shortcode): Completion {
  return { label: path, detail: means, type: 'property', apply: insert }
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
