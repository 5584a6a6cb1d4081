/**
 * The floors of the house, lowest first. A room may use any lower floor, and only
 * through the other room's index.ts. This list feeds the import lint
 * (.dependency-cruiser.mjs) and the test that holds each door plate against it.
 */
export const floors = [['people'], ['findings'], ['standards'], ['plans'], ['committee']] as const;
