// A session with the device it was seen on last, as the list of devices in a profile has it.

import { sessionResource } from '../../resources/session.ts'
import type { SessionActivity } from '../../state/sessions/session-activities.ts'
import type { Session } from '../../state/sessions/sessions.ts'
import { deviceOf } from './device.ts'

/** The session without its user, whom the profile knows, and with `latest_activity`. */
export function sessionWithActivity(session: Session, activity: SessionActivity | undefined): object {
  return { ...sessionResource(session), user: null, latest_activity: activityResource(session, activity) }
}

/** A session that no browser opened has no device. Places are not looked up: nothing leaves this machine. */
function activityResource(session: Session, activity: SessionActivity | undefined): object {
  const device = deviceOf(activity?.userAgent ?? '')
  return {
    object: 'session_activity',
    id: activity?.id ?? session.id.replace(/^sess_/, 'sact_'),
    device_type: device.deviceType ?? undefined,
    is_mobile: device.isMobile,
    browser_name: device.browserName ?? undefined,
    browser_version: device.browserVersion ?? undefined,
    ip_address: activity?.ipAddress ?? undefined,
    city: undefined,
    country: undefined,
  }
}
