/** What the picker calls the one who sees every row. */
export const OWNER = 'postgres (owner)'
