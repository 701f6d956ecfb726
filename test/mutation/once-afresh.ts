/**
 * kernel/once.ts for a process that plays one mutant after the other: what was made under one is forgotten before the next,
 * or a schema that a mutant had changed would stay, and one that was made before would never change.
 */
let round = 0;

export function forgetWhatWasMade(): void {
  round += 1;
}

export function once<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made; readonly in: number } | undefined;
  return () => {
    if (made?.in !== round) made = { value: make(), in: round };
    return made.value;
  };
}
