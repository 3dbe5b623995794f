/**
 * What a canary runs. It asks once, as a browser would: with the name of the system in the TLS handshake, and so with its
 * certificate checked. The answer is thrown away unread, because it may name patients; only its status counts.
 */
export const CANARY_SCRIPT = `const https = require('https');

const isHealthy = (codes, status) =>
  codes.split(',').some((code) => {
    const [from, to = from] = code.split('-').map(Number);
    return status >= from && status <= to;
  });

exports.handler = () =>
  new Promise((resolve, reject) => {
    const { PROBE_HOST, PROBE_PORT, PROBE_SERVER_NAME, PROBE_PATH, PROBE_HEALTHY_CODES, PROBE_TIMEOUT } = process.env;
    const request = https.request(
      {
        host: PROBE_HOST,
        port: Number(PROBE_PORT),
        servername: PROBE_SERVER_NAME,
        path: PROBE_PATH,
        headers: { Host: PROBE_SERVER_NAME, 'User-Agent': 'cdk-resilient-ehr-probe' },
        agent: false,
      },
      (response) => {
        response.resume();
        clearTimeout(timer);
        if (isHealthy(PROBE_HEALTHY_CODES, response.statusCode)) {
          resolve('answered ' + response.statusCode);
        } else {
          reject(new Error('answered ' + response.statusCode));
        }
      },
    );
    const timer = setTimeout(() => request.destroy(new Error('no answer in time')), Number(PROBE_TIMEOUT));
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end();
  });
`;
