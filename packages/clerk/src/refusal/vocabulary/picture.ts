// Uploaded pictures.

import { type Nothing, type Renderings } from '../rendering.ts'

export interface PictureRefusals {
  image_too_large: { readonly mostMegabytes: number }
  image_type_not_supported: Nothing
}

export const pictureRenderings: Renderings<PictureRefusals> = {
  image_too_large: ({ mostMegabytes }) => ({
    status: 413,
    message: 'Image too large',
    longMessage: `The image is larger than ${mostMegabytes} MB.`,
  }),
  image_type_not_supported: () => ({
    status: 415,
    code: 'unsupported_content_type',
    message: 'Image type not supported',
    longMessage: 'Only PNG, JPEG, GIF and WebP images are supported.',
  }),
}
