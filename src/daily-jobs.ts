import { disposeOfWhatIsDue, tidySignIns } from '#people';
import type { DailyJob } from '#platform/jobs/daily-job.ts';

/** What is done every night for every authority: each room's work is hung here, by name. */
export const dailyJobs: readonly DailyJob[] = [
  { name: 'tidy-sign-ins', run: tidySignIns },
  {
    name: 'dispose-of-what-is-due',
    run: async (db, authority, now) => {
      await disposeOfWhatIsDue(db, authority, now);
    },
  },
];
