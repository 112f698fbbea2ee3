// Snippets under a choice of language, which holds for all of them.

import { Tabs } from '../../ui/display/tabs.tsx'
import { apiDocsRoute, type Language } from '../routes.tsx'
import type { Snippet } from '../snippets/described.ts'
import { SnippetCard } from './snippet-card.tsx'

export function Snippets({ snippets }: { readonly snippets: readonly Snippet[] }) {
  const search = apiDocsRoute.useSearch()
  const navigate = apiDocsRoute.useNavigate()
  const { lang: _lang, ...elsewhere } = search
  const choose = (lang: Language) => {
    void navigate({ search: lang === 'curl' ? { ...elsewhere, lang } : elsewhere, replace: true })
  }
  return (
    <Tabs
      label="Language"
      value={search.lang ?? 'js'}
      onChange={choose}
      tabs={[
        { id: 'js', label: 'supabase-js', content: <List snippets={snippets} language="js" /> },
        { id: 'curl', label: 'curl', content: <List snippets={snippets} language="curl" /> },
      ]}
    />
  )
}

function List({ snippets, language }: { readonly snippets: readonly Snippet[]; readonly language: Language }) {
  return (
    <div className="flex flex-col gap-4">
      {snippets.map((snippet) => (
        <SnippetCard key={snippet.title} snippet={snippet} language={language} />
      ))}
    </div>
  )
}
