/** The event pattern language of EventBridge rules and stream filters, as far as the template uses it. */

/** Whether an event has what a pattern asks for: every named field, one of the listed conditions each. */
export function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((condition) => holds(condition, event));
  if (typeof pattern !== 'object' || pattern === null) return false;
  return Object.entries(pattern).every(([name, inner]) => {
    const value =
      typeof event === 'object' && event !== null ? (event as Record<string, unknown>)[name] : undefined;
    return matches(inner, value);
  });
}

function holds(condition: unknown, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => holds(condition, one));
  if (typeof condition !== 'object' || condition === null) return condition === value;
  const [name, argument] = Object.entries(condition)[0] ?? [];
  switch (name) {
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(argument));
    case 'suffix':
      return typeof value === 'string' && value.endsWith(String(argument));
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === String(argument).toLowerCase();
    case 'exists':
      return (value !== undefined) === argument;
    case 'anything-but':
      return value !== undefined && ![argument].flat().includes(value);
    default:
      throw new Error(`The pattern condition ${String(name)} is not supported on one machine`);
  }
}
