// The fields of a JWT template above its claims.

import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { Select } from '../../../ui/form/select.tsx'
import { Switch } from '../../../ui/form/toggle.tsx'
import { CopyValue } from '../../../ui/display/copy.tsx'
import { useThisInstance } from '../../api/clerk-request.ts'
import { customAlgorithms, type JwtTemplate, type TemplateForm, type TemplateProblems } from './template.ts'

interface TemplateFieldsProps {
  readonly form: TemplateForm
  readonly problems: TemplateProblems
  readonly kept: JwtTemplate | null
  readonly onChange: (part: Partial<TemplateForm>) => void
}

/** Name, times, signing, and where its reader finds the issuer and the keys. */
export function TemplateFields({ form, problems, kept, onChange }: TemplateFieldsProps) {
  return (
    <>
      <Field label="Name" hint="What getToken({ template }) asks for." error={problems.name}>
        <Input value={form.name} onChange={(event) => onChange({ name: event.target.value })} className="font-mono" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Token lifetime" hint="Seconds." error={problems.lifetime}>
          <Input
            inputMode="numeric"
            value={form.lifetime}
            onChange={(event) => onChange({ lifetime: event.target.value })}
          />
        </Field>
        <Field label="Allowed clock skew" hint="Seconds." error={problems.skew}>
          <Input inputMode="numeric" value={form.skew} onChange={(event) => onChange({ skew: event.target.value })} />
        </Field>
      </div>
      <Switch
        label="Custom signing key"
        hint="Off: the instance’s own key signs, and readers take its public half from the JWKS endpoint."
        checked={form.custom}
        onChange={(custom) => onChange({ custom, algorithm: custom ? 'HS256' : 'RS256' })}
      />
      <SigningFields form={form} problems={problems} kept={kept} onChange={onChange} />
      <Addresses own={!form.custom} />
    </>
  )
}

function SigningFields({ form, problems, kept, onChange }: TemplateFieldsProps) {
  const options = (form.custom ? customAlgorithms : ['RS256']).map((value) => ({ value, label: value }))
  const stays = kept?.custom_signing_key === true && kept.signing_algorithm === form.algorithm
  return (
    <>
      <Field label="Signing algorithm" error={problems.algorithm}>
        <Select
          value={form.algorithm}
          onChange={(algorithm) => onChange({ algorithm })}
          options={options}
          disabled={!form.custom}
        />
      </Field>
      {form.custom && (
        <Field
          label="Signing key"
          hint={
            form.algorithm.startsWith('HS')
              ? 'For Supabase: the project’s JWT secret.'
              : 'A private key in PEM. It is kept and never shown again.'
          }
          error={problems.signingKey}
        >
          <Input
            type="password"
            autoComplete="new-password"
            placeholder={stays ? 'Kept as it is; type another to replace it' : ''}
            value={form.signingKey}
            onChange={(event) => onChange({ signingKey: event.target.value })}
            className="font-mono"
          />
        </Field>
      )}
    </>
  )
}

/** The key set verifies only what the instance's own key signed. */
function Addresses({ own }: { readonly own: boolean }) {
  const instance = useThisInstance()
  if (instance === undefined) return null
  return (
    <dl className="flex flex-col gap-2 text-sm">
      <div>
        <dt className="font-medium">Issuer</dt>
        <dd>
          <CopyValue label="issuer" value={instance.issuer} />
        </dd>
      </div>
      {own && (
        <div>
          <dt className="font-medium">JWKS endpoint</dt>
          <dd>
            <CopyValue label="JWKS endpoint" value={instance.jwksUrl} />
          </dd>
        </div>
      )}
    </dl>
  )
}
