const https = require('node:https');

/** Tell CloudFormation how it went, at the address it gave. */
exports.answer = (url, body) =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(text) };
    const request = https.request(url, { method: 'PUT', headers }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode < 300 ? resolve() : reject(new Error(`CloudFormation answered ${response.statusCode}`)),
      );
    });
    request.on('error', reject);
    request.end(text);
  });
