/** The front door of the room: what the floors above it may use. */
import './store/tables.ts';

export type { CommitteeDeps } from './web/deps.ts';
export { registerCommittee } from './web/register.ts';
export { reportItemKinds } from './web/record-items.ts';
export type { GivenReport } from './actions/start-report.ts';
export { startReport } from './actions/start-report.ts';
export { writeSection } from './actions/write-report.ts';
export { answerClearance, askClearance } from './actions/clear-report.ts';
export { commentOn } from './actions/comment.ts';
export { finaliseReport } from './actions/finalise-report.ts';
export { contentOf } from './actions/open-report.ts';
export { readFigures } from './actions/read-figures.ts';
export { firstHead } from './rules/first-head.ts';
export { reportWords } from './rules/content.ts';
export type { ReportHead } from './rules/cover.ts';
export { depths, type Depth, type SectionKey } from './rules/sections.ts';
export { readReportCard } from './store/read-report.ts';
export type { ReportId } from './store/tables.ts';
export { reportFile, reportFormats, type ReportFormat } from './out/index.ts';
