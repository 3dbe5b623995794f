import * as https from 'node:https';

/** Tell CloudFormation how it went, at the address it gave. */
export function answer(url: string, body: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(text) };
    const request = https.request(url, { method: 'PUT', headers }, (response) => {
      const { statusCode = 0 } = response;
      response.resume();
      response.on('end', () =>
        statusCode < 300 ? resolve() : reject(new Error(`CloudFormation answered ${statusCode}`)),
      );
    });
    request.on('error', reject);
    request.end(text);
  });
}
