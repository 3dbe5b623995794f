/** Opens one connection, says what a conversation says, and lets it judge what it hears, whole or in pieces. */
const CONNECTION = `const net = require('net');
const tls = require('tls');

const MOST_HEARD = 65536;

const ask = (question) =>
  new Promise((resolve, reject) => {
    const { PROBE_HOST, PROBE_SERVER_NAME, PROBE_AUTHORITY, PROBE_TIMEOUT } = process.env;
    const to = { host: PROBE_HOST, port: question.port };
    const socket = PROBE_SERVER_NAME
      ? tls.connect({ ...to, servername: PROBE_SERVER_NAME, ca: PROBE_AUTHORITY || undefined })
      : net.connect(to);
    const conversation = CONVERSATIONS[question.protocol](question);
    let heard = Buffer.alloc(0);
    const end = (error) => {
      clearTimeout(timer);
      socket.destroy();
      if (error) {
        reject(error);
      } else {
        resolve();
      }
    };
    const timer = setTimeout(() => end(new Error('no answer in time')), Number(PROBE_TIMEOUT));
    const go = (turn) => {
      if (turn.say) {
        socket.write(turn.say);
      }
      if (turn.done) {
        socket.end(() => end());
      }
    };
    socket.once(PROBE_SERVER_NAME ? 'secureConnect' : 'connect', () => go(conversation.begin()));
    socket.on('data', (bytes) => {
      try {
        heard = Buffer.concat([heard, bytes]);
        if (heard.length > MOST_HEARD) {
          throw new Error('an answer without an end');
        }
        for (let turn = conversation.hear(heard); turn; turn = conversation.hear(heard)) {
          heard = heard.subarray(turn.used);
          go(turn);
          if (turn.done) {
            return;
          }
        }
      } catch (error) {
        end(error);
      }
    });
    socket.on('error', end);
    socket.on('close', () => end(conversation.left ? undefined : new Error('connection closed without an answer')));
  });
`;

/** Whether somebody takes connections. */
const CONNECT = `const connect = () => ({ begin: () => ({ done: true }), hear: () => undefined });
`;

/**
 * A test message and its acknowledgement (HL7 v2.5.1, 2.9.2 and 2.15.8), framed as MLLP release 1 says. Time and control id are
 * of this run, so that no engine takes it for a duplicate, and no old acknowledgement for the one that is waited for.
 */
const MLLP = `const START = 0x0b;
const END = Buffer.from([0x1c, 0x0d]);

const stamped = (message, controlId) => {
  const [header, ...segments] = message.split('\\r');
  const separator = header[3];
  const fields = header.split(separator);
  fields[6] = new Date().toISOString().slice(0, 19).replace(/\\D/g, '') + '+0000';
  fields[9] = controlId;
  return [fields.join(separator), ...segments].join('\\r');
};

const judge = (answer, controlId, accepted) => {
  const segments = answer.split(/[\\r\\n]+/);
  const separator = segments[0][3];
  const acknowledgement = segments.find((segment) => segment.startsWith('MSA' + separator));
  if (!segments[0].startsWith('MSH') || !acknowledgement) {
    throw new Error('an answer that acknowledges nothing');
  }
  const [, code, of] = acknowledgement.split(separator);
  if (of !== controlId) {
    throw new Error('acknowledged another message');
  }
  if (!accepted.includes(code)) {
    throw new Error('acknowledged with ' + (/^[AC][AER]$/.test(code) ? code : 'an unknown code'));
  }
};

const mllp = ({ message, accepted }) => {
  const controlId = 'P' + Date.now().toString(36).toUpperCase() + Math.random().toString(36).slice(2, 8).toUpperCase();
  return {
    begin: () => ({ say: Buffer.concat([Buffer.from([START]), Buffer.from(stamped(message, controlId) + '\\r'), END]) }),
    hear: (heard) => {
      if (heard.length > 0 && heard[0] !== START) {
        throw new Error('an answer that is no MLLP frame');
      }
      const end = heard.indexOf(END);
      if (end < 0) {
        return undefined;
      }
      judge(heard.toString('latin1', 1, end), controlId, accepted);
      return { used: end + END.length, done: true };
    },
  };
};
`;

/**
 * An association for verification, a C-ECHO, and its release: DICOM PS3.8 section 9.3 (PDUs), PS3.7 section 9.3.5 (C-ECHO) and
 * annex E (command elements), PS3.4 annex A (verification).
 */
const DICOM = `const VERIFICATION = '1.2.840.10008.1.1';
const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';
const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';
const IMPLEMENTATION = '2.25.136877981217319608554553747503308049210';
const CONTEXT = 1;
const MESSAGE = 1;

const u16 = (value) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
};
const u32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const pdu = (type, ...parts) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([type, 0]), u32(body.length), body]);
};
const item = (type, ...parts) => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([type, 0]), u16(body.length), body]);
};
const element = (number, value) => {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(number, 2);
  head.writeUInt32LE(value.length, 4);
  return Buffer.concat([head, value]);
};
const us = (value) => Buffer.from([value & 0xff, value >> 8]);
const ul = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const associate = (called, calling) =>
  pdu(
    0x01,
    u16(1),
    u16(0),
    Buffer.from(called.padEnd(16)),
    Buffer.from(calling.padEnd(16)),
    Buffer.alloc(32),
    item(0x10, APPLICATION_CONTEXT),
    item(0x20, [CONTEXT, 0, 0, 0], item(0x30, VERIFICATION), item(0x40, IMPLICIT_LITTLE_ENDIAN)),
    item(0x50, item(0x51, u32(16384)), item(0x52, IMPLEMENTATION)),
  );

const echo = () => {
  const command = Buffer.concat([
    element(0x0002, Buffer.from(VERIFICATION + '\\0')),
    element(0x0100, us(0x0030)),
    element(0x0110, us(MESSAGE)),
    element(0x0800, us(0x0101)),
  ]);
  const whole = Buffer.concat([element(0x0000, ul(command.length)), command]);
  return pdu(0x04, u32(whole.length + 2), Buffer.from([CONTEXT, 0x03]), whole);
};

const contextResult = (body) => {
  for (let at = 68; at + 4 <= body.length; at += 4 + body.readUInt16BE(at + 2)) {
    if (body[at] === 0x21 && body[at + 4] === CONTEXT) {
      return body[at + 6];
    }
  }
  return undefined;
};

const commandOf = (bytes) => {
  const elements = {};
  for (let at = 0; at + 8 <= bytes.length; at += 8 + bytes.readUInt32LE(at + 4)) {
    if (bytes.readUInt16LE(at) === 0 && bytes.readUInt32LE(at + 4) === 2) {
      elements[bytes.readUInt16LE(at + 2)] = bytes.readUInt16LE(at + 8);
    }
  }
  return elements;
};

const dicom = ({ called, calling }) => {
  let command = Buffer.alloc(0);
  let associated = false;
  const conversation = {
    left: false,
    begin: () => ({ say: associate(called, calling) }),
    hear: (heard) => {
      if (heard.length > 0 && (heard[0] < 0x01 || heard[0] > 0x07)) {
        throw new Error('an answer that is not DICOM');
      }
      if (heard.length < 6 || heard.length < 6 + heard.readUInt32BE(2)) {
        return undefined;
      }
      const used = 6 + heard.readUInt32BE(2);
      return { used, ...answer(heard[0], heard.subarray(6, used)) };
    },
  };
  const answer = (type, body) => {
    if (type === 0x02 && !associated) {
      if (contextResult(body) !== 0) {
        throw new Error('verification is not offered');
      }
      associated = true;
      return { say: echo() };
    }
    if (type === 0x03) {
      throw new Error('association rejected: result ' + body[1] + ', source ' + body[2] + ', reason ' + body[3]);
    }
    if (type === 0x04 && associated && !conversation.left) {
      return echoed(body);
    }
    if (type === 0x06 && conversation.left) {
      return { done: true };
    }
    throw new Error(type === 0x07 ? 'association aborted' : 'an answer out of turn');
  };
  const echoed = (body) => {
    let last = false;
    for (let at = 0; at + 6 <= body.length; at += 4 + body.readUInt32BE(at)) {
      command = Buffer.concat([command, body.subarray(at + 6, at + 4 + body.readUInt32BE(at))]);
      last = (body[at + 5] & 0x02) !== 0;
    }
    if (!last) {
      return {};
    }
    const response = commandOf(command);
    if (response[0x0100] !== 0x8030 || response[0x0120] !== MESSAGE) {
      throw new Error('an answer to another question');
    }
    if (response[0x0900] !== 0) {
      throw new Error('echoed with status ' + response[0x0900]);
    }
    conversation.left = true;
    return { say: pdu(0x05, Buffer.alloc(4)) };
  };
  return conversation;
};
`;

const HANDLER = `const CONVERSATIONS = { connect, mllp, dicom };

exports.handler = async () => {
  const questions = JSON.parse(process.env.PROBE_QUESTIONS);
  const failures = await Promise.all(
    questions.map((question) =>
      ask(question).then(
        () => [],
        (error) => [question.name + ': ' + error.message],
      ),
    ),
  );
  if (failures.flat().length > 0) {
    throw new Error(failures.flat().join('; '));
  }
  return 'answered';
};
`;

/**
 * What a canary runs. It asks the listeners of one address, each in a connection of its own, and says nothing of what they answer but
 * codes and numbers.
 */
export const TCP_CANARY_SCRIPT = [CONNECTION, CONNECT, MLLP, DICOM, HANDLER].join('\n');
