/** What the engine refuses, in the words and shapes of the service. */

const model = 'com.amazonaws.dynamodb.v20120810#';
const coral = 'com.amazon.coral.service#';
const validationType = 'com.amazon.coral.validate#ValidationException';

/** A refusal as the wire carries it: `body` is the JSON of the answer, `__type` included. */
export class TableError extends Error {
  readonly statusCode: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(
    name: string,
    message: string,
    options: { type?: string; statusCode?: number; more?: object } = {},
  ) {
    super(message);
    this.name = name;
    this.statusCode = options.statusCode ?? 400;
    this.body = { __type: options.type ?? model + name, message, ...options.more };
  }
}

export function validationError(message: string): TableError {
  return new TableError('ValidationException', message, { type: validationType });
}

/** A value, or its absence, that does not satisfy what the request's shape says about one of its members. */
export function constraintError(value: string | undefined, member: string, constraint: string): TableError {
  const shown = value === undefined ? 'null' : `'${value}'`;
  return validationError(
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** The request is not what its shape allows, such as a number in the place of a text. */
export function serializationError(message: string): TableError {
  return new TableError('SerializationException', message, { type: `${coral}SerializationException` });
}

export function unknownOperation(operation: string): TableError {
  return new TableError('UnknownOperationException', `Unknown operation: ${operation}`, {
    type: `${coral}UnknownOperationException`,
  });
}

export function tableNotFound(): TableError {
  return new TableError('ResourceNotFoundException', 'Requested resource not found');
}

/** @param item the item as it lies in the table, when the request asked to see it */
export function conditionFailed(item?: object): TableError {
  return new TableError('ConditionalCheckFailedException', 'The conditional request failed', {
    more: item ? { Item: item } : {},
  });
}

export function throttled(): TableError {
  return new TableError(
    'ProvisionedThroughputExceededException',
    'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
  );
}

export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: object;
}

export function transactionCancelled(reasons: readonly CancellationReason[]): TableError {
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`;
  // The service spells this one message with a capital letter; the SDK reads both.
  return new TableError('TransactionCanceledException', message, {
    more: { Message: message, CancellationReasons: reasons },
  });
}

/** The caller's role does not allow it. @param why the sentence as IAM says it */
export function accessDenied(why: string): TableError {
  return new TableError('AccessDeniedException', why, { type: `${coral}AccessDeniedException` });
}
