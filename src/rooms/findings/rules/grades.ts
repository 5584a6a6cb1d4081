/**
 * The four grades that Ofsted gives in inspections of children's services, offered while a grade
 * is typed; any other words can be kept.
 */
export const ofstedGrades = [
  'Outstanding',
  'Good',
  'Requires improvement to be good',
  'Inadequate',
] as const;
