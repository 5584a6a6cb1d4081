/** What is missing or weak. */
export const checksPath = '/standards/checks';
