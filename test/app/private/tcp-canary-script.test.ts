import { createRequire } from 'node:module';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { TCP_CANARY_SCRIPT } from '../../../src/app/private/tcp-canary-script';
import type { ProbedListener, TcpQuestion } from '../../../src/app/private/tcp-question';
import { selfSigned } from '../../support/self-signed';

/** What the application does with a connection. */
type Application = (socket: net.Socket) => void;

const servers: net.Server[] = [];
const sockets: net.Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) {
    socket.destroy();
  }
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** A real server on a port of its own. */
function listen(application: Application, server = net.createServer()): Promise<number> {
  servers.push(server);
  const event = server instanceof tls.Server ? 'secureConnection' : 'connection';
  server.on(event, (socket: net.Socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    application(socket);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port)),
  );
}

/** Run the script as the runtime does. */
function run(questions: ProbedListener[], environment: Record<string, string> = {}): Promise<string> {
  const exported: { handler?: () => Promise<string> } = {};
  const env = {
    PROBE_HOST: '127.0.0.1',
    PROBE_QUESTIONS: JSON.stringify(questions),
    PROBE_TIMEOUT: '500',
    ...environment,
  };
  new Function('require', 'exports', 'process', TCP_CANARY_SCRIPT)(createRequire(__filename), exported, { env });
  return (exported.handler as () => Promise<string>)();
}

async function ask(application: Application, question: TcpQuestion, environment = {}): Promise<string> {
  return run([{ ...question, name: 'adt', port: await listen(application) }], environment);
}

const QUERY: TcpQuestion = {
  protocol: 'mllp',
  message: ['MSH|^~\\&|PROBE|TEST|ENGINE|TEST|||QBP^Q11^QBP_Q11||T|2.5.1', 'QPD|Q11^Test|1', 'RCP|I'].join('\r'),
  accepted: ['AA', 'CA'],
};
const ECHO: TcpQuestion = { protocol: 'dicom', called: 'ARCHIVE', calling: 'PROBE' };

/** An engine that reads whole frames and answers what it is told to. */
function engine(answer: (message: string, socket: net.Socket) => void): Application {
  return (socket) => {
    let heard = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      heard = Buffer.concat([heard, bytes]);
      if (heard.includes(Buffer.from([0x1c, 0x0d]))) {
        answer(heard.toString(), socket);
      }
    });
  };
}

const controlId = (message: string) => message.split('\r')[0].split('|')[9];
const acknowledgement = (code: string, of: string) =>
  `MSH|^~\\&|ENGINE|TEST|PROBE|TEST|20260101||ACK^Q11||T|2.5.1\rMSA|${code}|${of}\rERR|Mrs Smith, born 1950\r`;
const framed = (text: string) => `\x0b${text}\x1c\x0d`;
const acknowledges = (code: string) =>
  engine((message, socket) => socket.write(framed(acknowledgement(code, controlId(message)))));

describe('a connection', () => {
  test('is good when somebody takes it, and says nothing', async () => {
    let heard = 0;
    const application: Application = (socket) => socket.on('data', (bytes) => (heard += bytes.length));
    await expect(ask(application, { protocol: 'connect' })).resolves.toBe('answered');
    expect(heard).toBe(0);
  });

  test('fails when nobody listens, and names the listener', async () => {
    const port = await listen(() => {});
    await new Promise((resolve) => servers.splice(0)[0].close(resolve));
    await expect(run([{ protocol: 'connect', name: 'adt', port }])).rejects.toThrow(/^adt: .*ECONNREFUSED/);
  });

  test('every listener is asked, and all that fail are named', async () => {
    const [good, silent, wrong] = await Promise.all([
      listen(acknowledges('AA')),
      listen(() => {}),
      listen(acknowledges('AR')),
    ]);
    const questions = [
      { ...QUERY, name: 'adt', port: good },
      { ...QUERY, name: 'oru', port: silent },
      { ...QUERY, name: 'orm', port: wrong },
    ];
    await expect(run(questions)).rejects.toThrow(new Error('oru: no answer in time; orm: acknowledged with AR'));
  });
});

describe('a test message', () => {
  test('comes in one frame, with the time and a control id of this run, and is otherwise as it was given', async () => {
    const messages: string[] = [];
    const application = engine((message, socket) => {
      messages.push(message);
      socket.write(framed(acknowledgement('AA', controlId(message))));
    });
    await ask(application, QUERY);
    await ask(application, QUERY);
    for (const message of messages) {
      expect(message).toBe(framed(message.slice(1, -2)));
      expect(message.slice(1, -2)).toMatch(
        /^MSH\|\^~\\&\|PROBE\|TEST\|ENGINE\|TEST\|\d{14}\+0000\|\|QBP\^Q11\^QBP_Q11\|P[0-9A-Z]{10,19}\|T\|2\.5\.1\rQPD\|Q11\^Test\|1\rRCP\|I\r$/,
      );
    }
    expect(controlId(messages[0])).not.toBe(controlId(messages[1]));
  });

  test.each(['AA', 'CA'])('that is acknowledged with %s is good', async (code) => {
    await expect(ask(acknowledges(code), QUERY)).resolves.toBe('answered');
  });

  test.each(['AE', 'AR', 'CE', 'CR'])(
    'that is acknowledged with %s is not, and the answer is not repeated',
    async (code) => {
      await expect(ask(acknowledges(code), QUERY)).rejects.toThrow(new Error(`adt: acknowledged with ${code}`));
    },
  );

  test('that may be acknowledged with an error is good then', async () => {
    await expect(ask(acknowledges('AE'), { ...QUERY, accepted: ['AE'] })).resolves.toBe('answered');
  });

  test('of another field separator is read with it', async () => {
    const application = engine((message, socket) => {
      const id = message.split('\r')[0].split('#')[9];
      socket.write(framed(`MSH#^~\\&#ENGINE\rMSA#AA#${id}\r`));
    });
    const message = 'MSH#^~\\&#PROBE#TEST#ENGINE#TEST###QBP^Q11##T#2.5.1';
    await expect(ask(application, { ...QUERY, message })).resolves.toBe('answered');
  });

  test('is good when its answer comes byte by byte', async () => {
    const application = engine(async (message, socket) => {
      socket.setNoDelay(true);
      for (const byte of Buffer.from(framed(acknowledgement('AA', controlId(message))))) {
        socket.write(Buffer.from([byte]));
        await new Promise(setImmediate);
      }
    });
    await expect(ask(application, QUERY)).resolves.toBe('answered');
  });

  test('is good when more follows the first frame', async () => {
    const application = engine((message, socket) => {
      const answer = framed(acknowledgement('CA', controlId(message)));
      socket.write(answer + framed(acknowledgement('AA', controlId(message))));
    });
    await expect(ask(application, QUERY)).resolves.toBe('answered');
  });

  test.each<[string, string, (message: string, socket: net.Socket) => void]>([
    ['nothing comes', 'no answer in time', () => {}],
    ['half a frame comes', 'no answer in time', (_, socket) => socket.write('\x0bMSH|^~\\&|ENGINE\rMSA|AA|')],
    [
      'the frame ends without its carriage return',
      'no answer in time',
      (message, socket) => socket.write(`\x0b${acknowledgement('AA', controlId(message))}\x1c`),
    ],
    [
      'the answer has no frame',
      'an answer that is no MLLP frame',
      (message, socket) => socket.write(acknowledgement('AA', controlId(message))),
    ],
    [
      'a web server answers',
      'an answer that is no MLLP frame',
      (_, socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
    ],
    [
      'another message is acknowledged',
      'acknowledged another message',
      (_, socket) => socket.write(framed(acknowledgement('AA', 'P1'))),
    ],
    ['it is sent back as it came', 'an answer that acknowledges nothing', (message, socket) => socket.write(message)],
    ['the frame is empty', 'an answer that acknowledges nothing', (_, socket) => socket.write(framed(''))],
    [
      'the code is none',
      'acknowledged with an unknown code',
      (message, socket) => socket.write(framed(acknowledgement('Mrs Smith', controlId(message)))),
    ],
    ['the connection closes', 'connection closed without an answer', (_, socket) => socket.end()],
    ['the answer has no end', 'an answer without an end', (_, socket) => socket.write(`\x0b${'x'.repeat(70_000)}`)],
  ])('fails when %s', async (_, failure, answer) => {
    await expect(ask(engine(answer), QUERY)).rejects.toThrow(new Error(`adt: ${failure}`));
  });
});

describe('over TLS', () => {
  const identity = selfSigned('hl7.example.org');
  const authority = identity.cert;

  const askSafely = async (question: TcpQuestion, environment: Record<string, string>) =>
    run(
      [{ ...question, name: 'adt', port: await listen(acknowledges('AA'), tls.createServer(identity)) }],
      environment,
    );

  test.each<[string, TcpQuestion]>([
    ['a connection', { protocol: 'connect' }],
    ['a message', QUERY],
  ])('%s is good by the name of the certificate, signed by the authority', async (_, question) => {
    const environment = { PROBE_SERVER_NAME: 'hl7.example.org', PROBE_AUTHORITY: authority };
    await expect(askSafely(question, environment)).resolves.toBe('answered');
  });

  test('another name is refused', async () => {
    const environment = { PROBE_SERVER_NAME: 'ehr.example.org', PROBE_AUTHORITY: authority };
    await expect(askSafely(QUERY, environment)).rejects.toThrow(/^adt: .*does not match certificate/);
  });

  test('another authority is refused', async () => {
    await expect(askSafely(QUERY, { PROBE_SERVER_NAME: 'hl7.example.org' })).rejects.toThrow(/^adt: self-signed/);
  });

  test('who speaks no TLS is refused', async () => {
    await expect(ask(acknowledges('AA'), QUERY, { PROBE_SERVER_NAME: 'hl7.example.org' })).rejects.toThrow(/^adt: /);
  });
});

/** A PDU as PS3.8 section 9.3 draws it. */
function pdu(type: number, body: Buffer): Buffer {
  const head = Buffer.from([type, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** An association that is accepted, with the answer to its only presentation context. */
function accepts(result: number): Buffer {
  const transferSyntax = Buffer.concat([Buffer.from([0x40, 0, 0, 17]), Buffer.from('1.2.840.10008.1.2')]);
  const context = Buffer.concat([Buffer.from([0x21, 0, 0, 25, 1, 0, result, 0]), transferSyntax]);
  const application = Buffer.concat([Buffer.from([0x10, 0, 0, 21]), Buffer.from('1.2.840.10008.3.1.1.1')]);
  return pdu(0x02, Buffer.concat([Buffer.alloc(68), application, context]));
}

/** The command set of a C-ECHO-RSP: PS3.7 table 9.3-13, in implicit little endian. */
function response(status: number, of = 1): Buffer {
  return Buffer.from(
    [
      '00000000 04000000 42000000', // length of what follows: 66
      '00000200 12000000 312e322e3834302e31303030382e312e3100', // 1.2.840.10008.1.1
      '00000001 02000000 3080', // C-ECHO-RSP
      `00002001 02000000 0${of}00`,
      '00000008 02000000 0101', // no data set
      `00000009 02000000 ${Buffer.from([status & 0xff, status >> 8]).toString('hex')}`,
    ]
      .join('')
      .replace(/ /g, ''),
    'hex',
  );
}

const data = (fragment: Buffer, last: boolean) => {
  const head = Buffer.from([0, 0, 0, 0, 1, last ? 0x03 : 0x01]);
  head.writeUInt32BE(fragment.length + 2);
  return Buffer.concat([head, fragment]);
};

const RELEASED = pdu(0x06, Buffer.alloc(4));
type Answers = (type: number) => Buffer[] | 'close';

/** An application entity that answers each PDU by its type, and keeps what it heard. */
function entity(answers: Answers, heard: Buffer[] = []): Application {
  return (socket) => {
    let bytes = Buffer.alloc(0);
    socket.on('data', (more) => {
      bytes = Buffer.concat([bytes, more]);
      while (bytes.length >= 6 && bytes.length >= 6 + bytes.readUInt32BE(2)) {
        const length = 6 + bytes.readUInt32BE(2);
        heard.push(bytes.subarray(0, length));
        const answer = answers(bytes[0]);
        bytes = bytes.subarray(length);
        if (answer === 'close') {
          socket.end();
        } else {
          for (const part of answer) {
            socket.write(part);
          }
        }
      }
    });
  };
}

/** What an archive does: accept, echo, release. */
const archive =
  (changes: Partial<Record<number, Buffer[] | 'close'>> = {}): Answers =>
  (type) =>
    changes[type] ??
    ({ 1: [accepts(0)], 4: [pdu(0x04, data(response(0), true))], 5: [RELEASED] } as Record<number, Buffer[]>)[type];

describe('a C-ECHO', () => {
  test('asks for verification by the title of the entity, echoes, and releases the association', async () => {
    const heard: Buffer[] = [];
    await expect(ask(entity(archive(), heard), ECHO)).resolves.toBe('answered');
    const [associate, echo, release] = heard;
    expect(heard.map(([type]) => type)).toEqual([0x01, 0x04, 0x05]);
    expect(associate.subarray(6, 8)).toEqual(Buffer.from([0, 1])); // protocol version
    expect(associate.toString('latin1', 10, 26)).toBe('ARCHIVE         ');
    expect(associate.toString('latin1', 26, 42)).toBe('PROBE           ');
    expect(associate.toString('latin1')).toMatch(
      /1\.2\.840\.10008\.3\.1\.1\.1 [\s\S]*1\.2\.840\.10008\.1\.1@[\s\S]*1\.2\.840\.10008\.1\.2P/,
    );
    expect(echo.toString('hex', 6)).toBe(
      [
        '00000046 01 03', // one PDV in context 1: a command, and the last of it
        '00000000 04000000 38000000',
        '00000200 12000000 312e322e3834302e31303030382e312e3100',
        '00000001 02000000 3000',
        '00001001 02000000 0100',
        '00000008 02000000 0101',
      ]
        .join('')
        .replace(/ /g, ''),
    );
    expect(release.toString('hex')).toBe('05000000000400000000');
  });

  test('is good when its answer comes in pieces, of PDUs and of bytes', async () => {
    const parts = [response(0).subarray(0, 31), response(0).subarray(31)];
    const answer = Buffer.concat([pdu(0x04, data(parts[0], false)), pdu(0x04, data(parts[1], true))]);
    const pieces = [...answer].map((byte) => Buffer.from([byte]));
    await expect(ask(entity(archive({ 4: pieces })), ECHO)).resolves.toBe('answered');
  });

  test('is good when the entity closes the connection instead of releasing the association', async () => {
    await expect(ask(entity(archive({ 5: 'close' })), ECHO)).resolves.toBe('answered');
  });

  test.each<[string, string, Partial<Record<number, Buffer[] | 'close'>>]>([
    ['nobody answers', 'no answer in time', { 1: [] }],
    ['the connection closes', 'connection closed without an answer', { 1: 'close' }],
    [
      'the title is not known',
      'association rejected: result 1, source 1, reason 7',
      { 1: [pdu(0x03, Buffer.from([0, 1, 1, 7]))] },
    ],
    ['the association is aborted', 'association aborted', { 4: [pdu(0x07, Buffer.alloc(4))] }],
    ['verification is refused', 'verification is not offered', { 1: [accepts(3)] }],
    ['the status is an error', 'echoed with status 274', { 4: [pdu(0x04, data(response(0x0112), true))] }],
    ['another message is answered', 'an answer to another question', { 4: [pdu(0x04, data(response(0, 2), true))] }],
    ['it answers before it accepts', 'an answer out of turn', { 1: [pdu(0x04, data(response(0), true))] }],
    ['it is released before it echoes', 'an answer out of turn', { 4: [RELEASED] }],
    ['a web server answers', 'an answer that is not DICOM', { 1: [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')] }],
    ['half an answer comes', 'no answer in time', { 1: [accepts(0).subarray(0, 40)] }],
  ])('fails when %s', async (_, failure, changes) => {
    await expect(ask(entity(archive(changes)), ECHO)).rejects.toThrow(new Error(`adt: ${failure}`));
  });
});
