/** What making one paper may take. A report of 300 actions takes a second and 220 MB. */
export const pressLimits = {
  seconds: 60,
  /** Of the process that makes it, everything counted: Typst's memory is not JavaScript's. */
  megabytes: 1_024,
  /** Papers made at the same time; others wait. */
  atOnce: 2,
  /** Papers asked for and not yet made; one more is refused. */
  waiting: 20,
} as const;
