export { statusByRound, type RoundCounts, type StatusByRound } from './status-by-round.ts';
export { slippageChart, type DatedAction } from './slippage.ts';
