// What is wrong with a parameter, whatever it stands for.

import { type Param, type Renderings, atParam } from '../rendering.ts'

export interface FormRefusals {
  form_param_missing: Param
  form_param_unknown: Param
  form_param_type_invalid: Param & { readonly type: string }
  form_param_format_invalid: Param & { readonly expected: string }
  form_param_value_invalid: Param & { readonly value: string; readonly allowed?: readonly string[] }
  form_param_value_too_large: Param & { readonly most: number }
  form_param_max_length_exceeded: Param & { readonly most: number }
  form_param_exceeds_allowed_size: Param & { readonly mostBytes: number }
  form_param_invalid_time: Param
  form_param_not_combinable: Param & { readonly existing: string }
  form_conditional_param_missing: Param & { readonly present: string }
  form_data_missing: { readonly params: readonly string[] }
  form_resource_not_found: Param
}

export const formRenderings: Renderings<FormRefusals> = {
  form_param_missing: ({ param }) => atParam(param, 'is missing', `${param} must be included.`),
  form_param_unknown: ({ param }) =>
    atParam(param, 'is unknown', `${param} is not a valid parameter for this request.`),
  form_param_type_invalid: ({ param, type }) => atParam(param, 'is invalid', `\`${param}\` must be a \`${type}\`.`),
  form_param_format_invalid: ({ param, expected }) => atParam(param, 'is invalid', `${param} must be ${expected}.`),
  form_param_value_invalid: ({ param, value, allowed }) =>
    atParam(
      param,
      'is invalid',
      allowed === undefined
        ? `${value} does not match one of the allowed values for parameter ${param}`
        : `${value} does not match the allowed values for parameter ${param}. Allowed values: ${allowed.join(', ')}`,
    ),
  form_param_value_too_large: ({ param, most }) =>
    atParam(param, 'Value too large', `The value of ${param} can't be greater than ${most}`),
  form_param_max_length_exceeded: ({ param, most }) =>
    atParam(param, 'exceeds maximum length', `${param} should not exceed ${most} characters.`),
  form_param_exceeds_allowed_size: ({ param, mostBytes }) =>
    atParam(param, 'exceeds allowed size', `${param} may take at most ${mostBytes} bytes.`),
  form_param_invalid_time: ({ param }) =>
    atParam(param, 'invalid format', `${param} must be an RFC 3339 datetime, for example 2022-10-20T10:00:27.645Z.`),
  form_param_not_combinable: ({ param, existing }) => ({
    ...atParam(param, 'is not allowed', `\`${param}\` isn't allowed when \`${existing}\` is present.`),
    code: 'form_conditional_param_disallowed',
  }),
  form_conditional_param_missing: ({ param, present }) =>
    atParam(param, 'is missing', `\`${param}\` is required when \`${present}\` is present.`),
  form_data_missing: ({ params }) => ({
    status: 422,
    message: 'missing data',
    longMessage: `${JSON.stringify(params)} data doesn't match user requirements set for this instance`,
    meta: { param_names: params },
  }),
  form_resource_not_found: ({ param }) =>
    atParam(param, 'is missing', `The resource associated with the supplied ${param} was not found.`),
}
