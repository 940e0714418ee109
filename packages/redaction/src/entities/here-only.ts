/** The reason of what says a date or time only where it stands: elsewhere the same words are a floor, a score, or a number of persons. */
export const HERE_ONLY = 'stands-here';
