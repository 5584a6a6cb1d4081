/** The priorities as radios offer them; "none" stands for none set. */
export const priorityItems = [
  { value: 'high', text: 'High' },
  { value: 'medium', text: 'Medium' },
  { value: 'low', text: 'Low' },
  { value: 'none', text: 'None set' },
];
