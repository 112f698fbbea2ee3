// Anybody at all, by the id and the claims her tokens carry.

import { type SyntheticEvent, useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { CodeEditor } from '../../ui/code-editor/code-editor.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { ClaimsView } from '../claims-view.tsx'
import { externalIdentity } from './external-identity.ts'
import type { ViewAs } from '../view-as.ts'

/** Shows what Postgres would see as it is typed. */
export function ExternalUserForm({ onChoose }: { readonly onChoose: (identity: ViewAs) => void }) {
  const [id, setId] = useState('')
  const [claims, setClaims] = useState('')
  const [tried, setTried] = useState(false)
  const read = externalIdentity({ id, claims })
  const problemOf = (field: 'id' | 'claims') => {
    return tried && read.kind === 'invalid' && read.field === field ? read.problem : undefined
  }
  const choose = (event?: SyntheticEvent) => {
    event?.preventDefault()
    setTried(true)
    if (read.kind === 'identity') onChoose(read.identity)
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={choose} noValidate>
      <Field label="External User ID" hint="The sub of her tokens, such as user_2abc." error={problemOf('id')}>
        <Input value={id} onChange={(event) => setId(event.target.value)} className="font-mono" spellCheck={false} />
      </Field>
      <Field label="Additional claims (JSON)" optional error={problemOf('claims')}>
        <CodeEditor
          label="Additional claims (JSON)"
          language="json"
          value={claims}
          onChange={setClaims}
          onRun={() => choose()}
          minLines={3}
          placeholder={'{"o": {"id": "org_1", "rol": "admin"}, "fva": [0, 0]}'}
        />
      </Field>
      {read.kind === 'identity' && <ClaimsView title="What Postgres will see" identity={read.identity} />}
      <div className="flex justify-end">
        <Button type="submit" variant="primary">
          View as this user
        </Button>
      </div>
    </form>
  )
}
