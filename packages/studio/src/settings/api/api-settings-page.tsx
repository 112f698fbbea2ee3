// Project Settings → API.

import { Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { useApiSettings } from '../queries.ts'
import { DataApi } from './data-api.tsx'
import { JwtSettings } from './jwt-settings.tsx'
import { ProjectKeys, ProjectUrl } from './project-keys.tsx'

export function ApiSettingsPage() {
  const { data, error, isPending } = useApiSettings()
  return (
    <Page title="API" description="Where this project's API is, which keys open it, and what it serves.">
      <RefusalNote error={error} />
      {isPending && <Loading />}
      {data !== undefined && (
        <>
          <ProjectUrl url={data.url} />
          <ProjectKeys keys={data.keys} />
          <JwtSettings keys={data.keys} />
          <DataApi settings={data} />
        </>
      )}
    </Page>
  )
}
