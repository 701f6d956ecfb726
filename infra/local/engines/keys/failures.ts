/** KMS's errors, as the JSON protocol names them. */
export type KeyFailureCode =
  | 'AccessDeniedException'
  | 'IncorrectKeyException'
  | 'InvalidCiphertextException'
  | 'InvalidKeyUsageException'
  | 'KMSInternalException'
  | 'KMSInvalidMacException'
  | 'KMSInvalidSignatureException'
  | 'MissingAuthenticationTokenException'
  | 'NotFoundException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'ValidationException';

/** A refusal as KMS gives it. All are 400 but its own failures. */
export class KeyFailure extends Error {
  readonly code: KeyFailureCode;
  readonly status: number;

  constructor(code: KeyFailureCode, message: string) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = code === 'KMSInternalException' ? 500 : 400;
  }
}
