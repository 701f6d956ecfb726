/**
 * The correlation id (追踪号): one id from a request to what follows from it, in the stream, the work orders and the mails.
 * It is ambient, because it is no business of a rule: the outermost call says it, the commit and the log line read it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Does the work under this id; without one, under the id that is in force already. */
export function correlated<T>(id: string | undefined, work: () => Promise<T>): Promise<T> {
  return id === undefined ? work() : current.run(id, work);
}

/** The id in force, if any. */
export function correlationId(): string | undefined {
  return current.getStore();
}

/** A UUID and nothing else: in any other form a person's number could come along into logs and mails. */
const wellFormed = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * @param given `X-Correlation-Id` of the caller, taken when it is a UUID
 * @param own what the request has otherwise: the gateway's own request id
 */
export function correlationIdOf(given: string | undefined, own: string): string {
  const asked = given?.trim().toLowerCase() ?? '';
  return wellFormed.test(asked) ? asked : own;
}
