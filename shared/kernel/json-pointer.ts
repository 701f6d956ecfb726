/** JSON Pointers (RFC 6901): where something lies in a JSON document. */

/** A name or index as a part of a pointer, with its slash in front. */
export function pointerPart(name: PropertyKey): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The names and indices of a pointer, as they are; none of the empty one, which is the whole document. */
export function pointerParts(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
