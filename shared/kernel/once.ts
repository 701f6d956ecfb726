/**
 * Makes a thing when it is first asked for, and gives the same one ever after. Schemas are made so: a function that
 * starts cold pays only for those that its first request needs.
 */
export function once<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => (made ??= { value: make() }).value;
}
