// API Docs: what every table and function is, and code that uses it.

import { Empty, Loading, Page } from '../ui/display/page.tsx'
import { RefusalNote } from '../ui/display/refusal-note.tsx'
import { Contents } from './parts/contents.tsx'
import { FunctionDocs } from './parts/function-docs.tsx'
import { Introduction } from './parts/introduction.tsx'
import { TableDocs } from './parts/table-docs.tsx'
import { useContents, useProject } from './queries.ts'
import { apiDocsRoute, type ApiDocsSearch } from './routes.tsx'
import type { DescribedFunction, Project } from './snippets/described.ts'

export function ApiDocsPage() {
  const search = apiDocsRoute.useSearch()
  const { schema = 'public' } = search
  const project = useProject()
  const contents = useContents(schema)
  return (
    <Page title="API Docs" description="What clients reach through the API, with the code that does it.">
      <RefusalNote error={project.error ?? contents.error} />
      {(project.isPending || contents.isPending) && <Loading />}
      {project.data !== undefined && contents.data !== undefined && (
        <div className="flex flex-col gap-6 lg:flex-row">
          <Contents schema={schema} {...contents.data} />
          <article className="flex min-w-0 flex-1 flex-col gap-5">
            {!project.data.exposed.includes(schema) && <NotExposed schema={schema} />}
            <Described search={search} schema={schema} project={project.data} functions={contents.data.functions} />
          </article>
        </div>
      )}
    </Page>
  )
}

interface DescribedProps {
  readonly search: ApiDocsSearch
  readonly schema: string
  readonly project: Project
  readonly functions: readonly DescribedFunction[]
}

/** What the address names. */
function Described({ search, schema, project, functions }: DescribedProps) {
  const { table, function: oid } = search
  if (table !== undefined)
    return <TableDocs key={`${schema}.${table}`} project={project} schema={schema} name={table} />
  if (oid === undefined) return <Introduction project={project} schema={schema} />
  const described = functions.find((each) => each.oid === oid)
  if (described === undefined)
    return <Empty title="There is no such function" body="It may have been dropped, or made anew." />
  return <FunctionDocs project={project} described={described} />
}

function NotExposed({ schema }: { readonly schema: string }) {
  return (
    <p role="note" className="rounded-md border border-line bg-warning-soft px-3 py-2 text-sm">
      The API does not serve schema {schema} at present: add it to the exposed schemas in Project Settings.
    </p>
  )
}
