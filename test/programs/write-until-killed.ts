/**
 * Opens the embedded database of the folder given, and writes rows one by one, telling each on
 * standard output once it is committed, until it is killed.
 */
import pg from 'pg';
import { checkout } from '#platform/checkout.ts';
import { clientConfig } from '#platform/db/connect.ts';
import { openEmbedded } from '#platform/db/embedded/index.ts';

const outcome = await openEmbedded({
  checkout,
  data: process.argv[2],
  report: (line) => process.stderr.write(`${line}\n`),
});
if (outcome.kind === 'refused') throw new Error(outcome.reason);
const client = new pg.Client(clientConfig(outcome.database.keeper));
await client.connect();
await client.query('create table if not exists kept (n integer primary key)');
for (let n = 1; ; n += 1) {
  await client.query('insert into kept values ($1)', [n]);
  process.stdout.write(`${n}\n`);
}
