/** Where a document's bytes lie, in both buckets: by filing and document. */
export function objectKeyOf(document: { readonly submission: string; readonly id: string }): string {
  return `${document.submission}/${document.id}`;
}

/** The filing and document that an object key names, or undefined for a key that is not ours. */
export function documentAt(key: string): { submission: string; id: string } | undefined {
  const [submission, id, ...rest] = key.split('/');
  return submission && id && rest.length === 0 ? { submission, id } : undefined;
}

/** How long a ticket for an upload is good; then the document lapses. */
export const ticketMinutes = 30;
