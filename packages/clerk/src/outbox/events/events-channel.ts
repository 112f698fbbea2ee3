/** The channel on which deliverers hear that something was recorded, or is to be sent again. */
export const eventsChannel = 'clerk_events'
