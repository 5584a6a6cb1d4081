import type { ThreadSource } from '#findings';
import { standardsThreads } from '#standards';

/** What rooms above findings tell of their own items in threads: on pages and at the command line. */
export const threadSources: readonly ThreadSource[] = [standardsThreads];
