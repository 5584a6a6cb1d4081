/**
 * What a transaction stood on was changed by another before it could be saved. Thrown to roll
 * everything back; a page answers with 409, and whoever tries again finds things as they are now.
 */
export class Overtaken extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Overtaken';
  }
}
