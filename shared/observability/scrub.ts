/**
 * Takes out of a text what may be a person's: mail addresses, long numbers (identity cards, phones), Chinese text (names,
 * addresses). Our own error texts are English, and name records by their ids, which stay.
 */
export function scrubbed(text: string): string {
  return text
    .replaceAll(/[^\s@"'<>]+@[^\s@"'<>]+/g, '<mail>')
    .replaceAll(/(?<![\w-])\+?\d[\d -]{5,}[\dXx](?![\w-])/g, '<number>')
    .replaceAll(/\p{Script=Han}+/gu, '<text>');
}
