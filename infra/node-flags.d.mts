export function nodeFlags(command: string): string[];
