import path from 'node:path';

/** The folder of the program itself: where package.json, bin/ and migrations/ are. */
export const checkout = path.resolve(import.meta.dirname, '../..');
