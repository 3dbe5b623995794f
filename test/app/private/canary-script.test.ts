import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { CANARY_SCRIPT } from '../../../src/app/private/canary-script';

/** What the application does with a request. */
let answer: http.RequestListener = () => {};
let asked: http.RequestOptions[] = [];
const server = http.createServer((request, response) => answer(request, response));

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
});

/** Run the script as the runtime does, with plain HTTP in place of TLS. */
function run(environment: Record<string, string> = {}): Promise<string> {
  const exported: { handler?: () => Promise<string> } = {};
  const https = {
    request: (options: http.RequestOptions, listener: (response: http.IncomingMessage) => void) => {
      asked.push(options);
      return http.request({ ...options, host: '127.0.0.1', port: (server.address() as AddressInfo).port }, listener);
    },
  };
  const env = {
    PROBE_HOST: 'lb.example.com',
    PROBE_PORT: '443',
    PROBE_SERVER_NAME: 'ehr.example.org',
    PROBE_PATH: '/readyz',
    PROBE_HEALTHY_CODES: '200',
    PROBE_TIMEOUT: '2000',
    ...environment,
  };
  new Function('require', 'exports', 'process', CANARY_SCRIPT)(() => https, exported, { env });
  return (exported.handler as () => Promise<string>)();
}

const respond = (status: number) => {
  answer = (_, response) => response.writeHead(status).end('Mrs Smith, born 1950');
};

test('asks the load balancer for the path, by the name its certificate is for', async () => {
  let seen: http.IncomingMessage | undefined;
  answer = (request, response) => {
    seen = request;
    response.writeHead(200).end();
  };
  await run();
  expect(asked[0]).toMatchObject({ host: 'lb.example.com', port: 443, servername: 'ehr.example.org', path: '/readyz' });
  expect(seen?.headers).toMatchObject({ host: 'ehr.example.org', 'user-agent': 'cdk-resilient-ehr-probe' });
  expect(asked[0]).not.toHaveProperty('rejectUnauthorized'); // the certificate counts
});

test.each([
  ['200', 200],
  ['200,302', 302],
  ['200-299', 204],
  ['200-299,401', 401],
])('with healthy codes %s an answer of %s is good', async (codes, status) => {
  respond(status);
  await expect(run({ PROBE_HEALTHY_CODES: codes })).resolves.toBe(`answered ${status}`);
});

test.each([
  ['200', 503],
  ['200-299', 300],
  ['200,302', 301],
])('with healthy codes %s an answer of %s is not, and says nothing of what was answered', async (codes, status) => {
  respond(status);
  await expect(run({ PROBE_HEALTHY_CODES: codes })).rejects.toThrow(new Error(`answered ${status}`));
});

test('gives up when no answer comes', async () => {
  answer = () => {};
  await expect(run({ PROBE_TIMEOUT: '50' })).rejects.toThrow('no answer in time');
});

test('fails when nobody listens', async () => {
  answer = (request) => request.socket.destroy();
  await expect(run()).rejects.toThrow(/hang up|ECONNRESET/);
});
