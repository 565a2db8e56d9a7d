/** An error of the Lambda API: the SDK throws the class of its name. */
export class LambdaError extends Error {
  override readonly name: string;
  readonly status: number;
  constructor(name: string, status: number, message: string) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

export const invalidParameter = (message: string): LambdaError =>
  new LambdaError('InvalidParameterValueException', 400, message);

export const notFound = (message: string): LambdaError => new LambdaError('ResourceNotFoundException', 404, message);
