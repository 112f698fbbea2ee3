// Which description of a schema is wanted: OpenAPI 2.0 as PostgREST writes it, or 3.1 where Accept says so.

import { Refusal } from '../../refusal/refusal.ts'
import type { ApiRequest, MediaType } from '../request/api-request.ts'
import type { DescribePlan } from './plan.ts'

type Described = Pick<DescribePlan, 'version' | 'mediaType'>

const version2: Described = { version: '2.0', mediaType: 'application/openapi+json' }

function version3(essence: string): Described {
  return { version: '3.1', mediaType: `${essence};version=3.1` }
}

/** Null where the media type is no description. `version` is a parameter as https://www.iana.org registers it. */
function describedAs({ essence, parameters: { version } }: MediaType): Described | null {
  const isThree = version === '3' || (version?.startsWith('3.1') ?? false)
  switch (essence) {
    case '*/*':
    case 'application/json':
      return version2
    case 'application/openapi+json':
      return isThree ? version3(essence) : version2
    case 'application/vnd.oai.openapi+json':
      return isThree || version === undefined ? version3(essence) : null
    default:
      return null
  }
}

/** The first wish that can be met. Refuses `request.media-type-unavailable` where none can. */
export function planDescribe({ accept, action, schema }: ApiRequest): DescribePlan {
  for (const wanted of accept) {
    const described = describedAs(wanted)
    if (described === null) continue
    return {
      kind: 'describe',
      schema,
      ...described,
      headersOnly: action.kind === 'describe' && action.headersOnly,
    }
  }
  throw new Refusal('request.media-type-unavailable', { mediaTypes: accept.map(({ written }) => written) })
}
