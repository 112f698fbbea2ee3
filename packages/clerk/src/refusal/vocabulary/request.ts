// What is wrong with a request before anybody looks at what it asks.

import type { Nothing, Renderings } from '../rendering.ts'

export interface RequestRefusals {
  authorization_header_format_invalid: Nothing
  clerk_key_invalid: Nothing
  request_body_invalid: Nothing
  malformed_request_parameters: Nothing
  unsupported_content_type: { readonly contentType: string }
  request_too_large: Nothing
  request_invalid_for_environment: { readonly environment: string }
  resource_not_found: { readonly message: string; readonly longMessage: string }
  endpoint_not_built: { readonly method: string; readonly path: string }
  feature_not_enabled: { readonly feature: string }
}

const keyIsWrong = 'The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.'

export const requestRenderings: Renderings<RequestRefusals> = {
  authorization_header_format_invalid: () => ({
    status: 401,
    message: 'Invalid Authorization header format',
    longMessage: "Send the secret key as 'Authorization: Bearer sk_test_…'.",
  }),
  clerk_key_invalid: () => ({
    status: 401,
    message: keyIsWrong,
    longMessage: `${keyIsWrong} \`tenon status -o env\` prints CLERK_SECRET_KEY.`,
  }),
  request_body_invalid: () => ({
    status: 400,
    message: 'Request body invalid',
    longMessage: 'The request body is not a JSON object.',
  }),
  malformed_request_parameters: () => ({
    status: 400,
    message: 'Malformed request parameters',
    longMessage: 'The request parameters are malformed and could not be parsed.',
  }),
  unsupported_content_type: ({ contentType }) => ({
    status: 415,
    message: 'Content-Type is unsupported',
    longMessage: `Content-Type ${contentType} is unsupported. You should use application/json instead.`,
  }),
  request_too_large: () => ({
    status: 413,
    message: 'Request too large',
    longMessage: 'The request body is larger than this server accepts.',
  }),
  request_invalid_for_environment: ({ environment }) => ({
    status: 400,
    message: 'Invalid request for environment',
    longMessage: `Request only valid for ${environment} instances.`,
  }),
  resource_not_found: ({ message, longMessage }) => ({ status: 404, message, longMessage }),
  endpoint_not_built: ({ method, path }) => ({
    status: 404,
    code: 'resource_not_found',
    message: 'URL not found',
    longMessage: `${method} ${path} is not an endpoint this server has built.`,
  }),
  feature_not_enabled: ({ feature }) => ({
    status: 403,
    message: 'not enabled',
    longMessage: `This feature is not enabled on this instance: ${feature}.`,
  }),
}
