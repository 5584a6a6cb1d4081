/**
 * A list of themes to begin with, in words of this project's own: what inspections and reviews of
 * services for children and for adults speak of again and again. An authority edits it as it likes.
 */
export const suggestedThemes: readonly { name: string; meaning: string }[] = [
  {
    name: 'Thresholds and first response',
    meaning: 'How a worry is received, and what is decided of it',
  },
  {
    name: 'Assessment',
    meaning: 'Whether what is going on is understood, risk and strength alike',
  },
  {
    name: 'Plans and their review',
    meaning: 'Whether plans are clear, can be measured, and are looked at again',
  },
  {
    name: 'Visits and direct work',
    meaning: 'Seeing people, often enough and alone where that matters',
  },
  {
    name: 'Voice',
    meaning: 'Whether what children and adults say is heard, written down and acted on',
  },
  { name: 'Recording', meaning: 'Whether files say what was done, and why, in time' },
  { name: 'Drift and delay', meaning: 'What takes longer than is good for the person' },
  { name: 'Supervision and oversight', meaning: 'Whether managers help, challenge and follow up' },
  {
    name: 'Working with partners',
    meaning: 'Health, police, schools, housing, and what is shared between them',
  },
  {
    name: 'Domestic abuse',
    meaning: 'Harm between adults at home, and to the children who live with it',
  },
  { name: 'Neglect', meaning: 'Needs that are not met over time' },
  {
    name: 'Exploitation and missing',
    meaning: 'Harm outside the home, and episodes of going missing',
  },
  { name: 'Early help', meaning: 'Support before statutory work is needed' },
  {
    name: 'Children in care',
    meaning: 'Homes, health, schooling and ties of those who are cared for',
  },
  { name: 'Care leavers', meaning: 'Advisers, homes, money and work for young adults' },
  { name: 'Permanence', meaning: 'A lasting home, found in time' },
  { name: 'Placements and sufficiency', meaning: 'Enough of the right homes nearby' },
  {
    name: 'Equality and identity',
    meaning: 'Whether background, disability and belief shape the help given',
  },
  { name: 'Workforce', meaning: 'Enough people, who stay, are trained, and have manageable work' },
  {
    name: 'Audit and learning',
    meaning: 'Whether the service knows its own practice and learns from it',
  },
  { name: 'Data and performance', meaning: 'Whether figures are right and used' },
  { name: 'Leadership and governance', meaning: 'Direction, scrutiny and money' },
];
