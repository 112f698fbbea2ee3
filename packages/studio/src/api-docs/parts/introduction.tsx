// The beginning: a client, and the types for it.

import { Button } from '../../ui/button.tsx'
import { CopyValue } from '../../ui/display/copy.tsx'
import { Card } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { useDownloadTypes } from '../queries.ts'
import type { Project } from '../snippets/described.ts'
import { clientSnippet, personSnippet } from '../snippets/setup-snippets.ts'
import { Snippets } from './snippets.tsx'

export function Introduction({ project, schema }: { readonly project: Project; readonly schema: string }) {
  return (
    <>
      <p className="max-w-prose text-sm text-quiet">
        Choose a table or a function to see what it takes and how to use it. The snippets run as they stand; with the
        publishable key alone they are in nobody’s name, so that policies show them what role anon may see.
      </p>
      <Card title="Project">
        <CopyValue label="project URL" value={project.url} />
        <CopyValue label="publishable key" value={project.publishableKey} />
      </Card>
      <Types schema={schema} />
      <Snippets snippets={[clientSnippet(project), personSnippet(project)]} />
    </>
  )
}

function Types({ schema }: { readonly schema: string }) {
  const download = useDownloadTypes()
  return (
    <Card
      title="TypeScript types"
      actions={
        <Button variant="primary" size="sm" busy={download.isPending} onClick={() => download.mutate(schema)}>
          Generate and download types
        </Button>
      }
    >
      <p className="text-sm text-quiet">
        With <code className="font-mono">{'createClient<Database>(…)'}</code> the editor knows every table, column and
        function of schema {schema}. On the command line:
      </p>
      <CopyValue
        label="command"
        value={`tenon gen types typescript --schema ${/^\w+$/.test(schema) ? schema : `'${schema}'`} > database.types.ts`}
      />
      <RefusalNote error={download.error} />
    </Card>
  )
}
