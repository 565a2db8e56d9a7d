/** What an error document says of the request that failed. */
export const failedRequest = { requestId: 'r1', publicUrl: 'https://facade.example.com/prod' };
