// Where somebody begins: which project this is, where its parts are, what is in it, and what comes next.

import { Badge } from '../ui/display/badge.tsx'
import { CopyValue } from '../ui/display/copy.tsx'
import { Card, Loading, Page } from '../ui/display/page.tsx'
import { RefusalNote } from '../ui/display/refusal-note.tsx'
import { Counts } from './counts.tsx'
import { type Project, useClerkCounts, useDatabaseCounts, useProject } from './queries.ts'
import { StepList } from './step-list.tsx'
import { nextSteps } from './steps.ts'

export function HomePage() {
  const project = useProject()
  const database = useDatabaseCounts()
  const clerk = useClerkCounts()
  return (
    <Page
      title="Home"
      description={
        project.data === undefined ? 'People who sign in with Clerk, rows in Postgres.' : factsOf(project.data)
      }
      actions={project.data?.production === true && <Badge tone="warning">Production</Badge>}
    >
      <RefusalNote error={project.error ?? database.error ?? clerk.error} />
      {project.isPending && <Loading />}
      <Counts database={database.data} clerk={clerk.data} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title="What to do next">
          {database.data !== undefined && clerk.data !== undefined && (
            <StepList steps={nextSteps(database.data, clerk.data)} />
          )}
        </Card>
        {project.data !== undefined && <Addresses addresses={project.data.addresses} />}
      </div>
      {project.data !== undefined && project.data.notices.length > 0 && <Notices notices={project.data.notices} />}
    </Page>
  )
}

function factsOf({ name, folder, postgres, version }: Project): string {
  const kind = postgres.kind === 'embedded' ? 'embedded' : 'your own'
  return `${name}, in ${folder}. Postgres ${postgres.version} (${kind}), Tenon ${version}.`
}

const labels: Readonly<Record<string, string>> = {
  API_URL: 'API',
  REST_URL: 'REST',
  DB_URL: 'Database',
  STUDIO_URL: 'Studio',
  MAILBOX_URL: 'Mailbox',
  CLERK_API_URL: 'Clerk’s Backend API',
  CLERK_FRONTEND_API_URL: 'Clerk’s Frontend API',
  STORAGE_S3_URL: 'Storage by the S3 protocol',
  CLERK_JWKS_URL: 'Clerk’s JWKS',
}

function Addresses({ addresses }: { readonly addresses: Project['addresses'] }) {
  return (
    <Card title="Addresses">
      <dl className="flex flex-col gap-3">
        {Object.entries(addresses).map(([variable, url]) => {
          const label = labels[variable] ?? variable
          return (
            <div key={variable} className="flex flex-col gap-1">
              <dt className="text-xs text-quiet">{label}</dt>
              <dd>
                <CopyValue label={label} value={url} />
              </dd>
            </div>
          )
        })}
      </dl>
    </Card>
  )
}

/** What the start said: features this Postgres does not give, keys without effect. */
function Notices({ notices }: { readonly notices: readonly string[] }) {
  return (
    <Card title="Notices">
      <ul className="flex flex-col gap-2 text-sm">
        {notices.map((notice) => (
          <li key={notice} className="break-words whitespace-pre-line">
            {notice}
          </li>
        ))}
      </ul>
    </Card>
  )
}
