import { run } from './cli/run.ts';

// What bin/start runs: the server, with the demonstration where there is no data yet.
process.exitCode = await run(['serve', '--first-time', ...process.argv.slice(2)]);
// Whatever still hangs on is not waited for.
setTimeout(() => process.exit(), 2_000).unref();
