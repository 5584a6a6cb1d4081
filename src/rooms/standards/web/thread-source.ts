import type { ThreadSource } from '#findings';
import { standardsThreads as threadsWith } from '../actions/thread/thread-source.ts';
import { paths as narrativePaths } from './narrative/paths.ts';
import { paths } from './paths.ts';

/** What standards tell of their own items in threads, with the addresses of their pages. */
export const standardsThreads: ThreadSource = threadsWith({
  criterion: paths.criterion,
  section: paths.section,
  narrativeSection: narrativePaths.section,
});
