// How the editors look and behave.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { PostgreSQL, sql, type SQLNamespace } from '@codemirror/lang-sql'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension, Prec } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { tags } from '@lezer/highlight'

export interface EditorSettings {
  /** What the editor is called for who cannot see it. */
  readonly label: string
  readonly language: 'sql' | 'json'
  readonly onChange: (value: string) => void
  readonly onRun: (text: string) => void
  /** Names to complete, by schema and table. */
  readonly schema?: SQLNamespace
  readonly readOnly?: boolean
  readonly minLines?: number
  readonly placeholder?: string
  readonly extensions?: readonly Extension[]
}

/** Makes an editor in `parent`. */
export function createEditor(parent: HTMLElement, text: string, settings: EditorSettings): EditorView {
  return new EditorView({ parent, state: EditorState.create({ doc: text, extensions: extensionsOf(settings) }) })
}

function extensionsOf(settings: EditorSettings): Extension[] {
  const { label, readOnly = false, minLines = 4, extensions = [] } = settings
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion(),
    highlightSelectionMatches(),
    highlightActiveLine(),
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run: (view) => runText(view, settings.onRun) }])),
    // Tab leaves the editor: whoever has no mouse must get out again.
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
    languageOf(settings),
    look(minLines),
    syntaxHighlighting(colours),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.lineWrapping,
    EditorView.updateListener.of((update) => update.docChanged && settings.onChange(update.state.doc.toString())),
    ...(settings.placeholder === undefined ? [] : [placeholder(settings.placeholder)]),
    ...(readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : []),
    ...extensions,
  ]
}

function languageOf({ language, schema }: EditorSettings): Extension {
  return language === 'json' ? json() : sql({ dialect: PostgreSQL, ...(schema !== undefined && { schema }) })
}

function runText(view: EditorView, run: (text: string) => void): boolean {
  const { from, to, empty } = view.state.selection.main
  run(empty ? view.state.doc.toString() : view.state.sliceDoc(from, to))
  return true
}

function look(minLines: number): Extension {
  return EditorView.theme({
    '&': { fontSize: '13px', backgroundColor: 'transparent', color: 'var(--text)' },
    '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
    '.cm-content, .cm-gutter': { minHeight: `${minLines * 1.5}em` },
    '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.5' },
    '.cm-content': { caretColor: 'var(--text)' },
    '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--quiet)', borderRight: '1px solid var(--line)' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--brand) 6%, transparent)' },
    '.cm-cursor': { borderLeftColor: 'var(--text)' },
    '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'color-mix(in srgb, var(--brand) 28%, transparent) !important',
    },
    '.cm-placeholder': { color: 'var(--quiet)' },
    '.cm-tooltip': { backgroundColor: 'var(--raised)', border: '1px solid var(--line)', color: 'var(--text)' },
    '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--brand-soft)', color: 'var(--text)' },
    '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)' },
  })
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--brand-strong)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warning)' },
  { tag: [tags.comment], color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.propertyName], color: 'var(--brand-strong)' },
])
