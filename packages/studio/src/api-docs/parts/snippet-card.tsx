// One snippet in the chosen language.

import { CopyButton } from '../../ui/display/copy.tsx'
import { Card } from '../../ui/display/page.tsx'
import type { Language } from '../routes.tsx'
import type { Snippet } from '../snippets/described.ts'

const names: Readonly<Record<Language, string>> = { js: 'supabase-js', curl: 'curl' }

export function SnippetCard({ snippet, language }: { readonly snippet: Snippet; readonly language: Language }) {
  const code = language === 'js' ? snippet.javascript : snippet.curl
  const label = `${snippet.title}, with ${names[language]}`
  return (
    <Card title={snippet.title} actions={<CopyButton text={code} label={`Copy: ${label}`} />}>
      <pre
        // What scrolls has to be reached by keyboard.
        tabIndex={0}
        role="region"
        aria-label={label}
        className="overflow-x-auto font-mono text-xs leading-relaxed whitespace-pre"
      >
        {code}
      </pre>
    </Card>
  )
}
