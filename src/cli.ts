import { run } from './cli/run.ts';

process.exitCode = await run(process.argv.slice(2));
// Whatever still hangs on is not waited for.
setTimeout(() => process.exit(), 2_000).unref();
