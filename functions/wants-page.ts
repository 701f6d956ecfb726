/** Whether a caller is a browser that shows a page, or a program that reads JSON. */

/** Browsers name HTML before anything else; what takes everything gets JSON. */
export function wantsPage(accept = ''): boolean {
  return /^\s*text\/html\b/i.test(accept) || /^[^,]*xhtml/i.test(accept);
}
