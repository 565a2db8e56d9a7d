/** An error with a code of the KMS API, such as `InvalidCiphertextException`. */
export class KmsError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
