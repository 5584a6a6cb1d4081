/** What stands in a YAML file, with its line: every value is its text as written, 1.10 is not 1.1. */
export type YamlNode =
  | { kind: 'text'; line: number; text: string }
  | { kind: 'list'; line: number; items: YamlNode[] }
  | { kind: 'map'; line: number; entries: { key: string; line: number; value: YamlNode }[] };
