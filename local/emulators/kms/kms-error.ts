/** An error that the KMS client knows by its code, such as `InvalidCiphertextException`. */
export class KmsError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
