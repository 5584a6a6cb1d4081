/** What is wrong with a new user's details, field by field; an empty list when they will do. */
export function userDetailProblems(details: {
  email: string;
  name: string;
}): { field: 'email' | 'name'; text: string }[] {
  const problems: { field: 'email' | 'name'; text: string }[] = [];
  const name = details.name.trim();
  if (name === '') problems.push({ field: 'name', text: 'Enter the person’s name' });
  if (name.length > 200) {
    problems.push({ field: 'name', text: 'The name must have at most 200 characters' });
  }
  const email = details.email.trim();
  if (email.length > 254 || !/^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/u.test(email)) {
    problems.push({
      field: 'email',
      text: 'Enter an email address, such as name@saltmarsh.gov.uk',
    });
  }
  return problems;
}
