import * as http2 from "node:http2";

/** gRPC's code for a method that a server does not have. */
export const UNIMPLEMENTED = 12;

const { HTTP2_HEADER_PATH, HTTP2_HEADER_STATUS, HTTP2_HEADER_CONTENT_TYPE } = http2.constants;

/** Answers a call: a message, or an error's code without one. */
export function answer(stream: http2.ServerHttp2Stream, message: Buffer | undefined, code = 0): void {
  respond(stream, { [HTTP2_HEADER_STATUS]: 200, [HTTP2_HEADER_CONTENT_TYPE]: "application/grpc" }, () => ({
    "grpc-status": String(code),
  }));
  stream.end(message && framed(message));
}

/**
 * Hands a call on to another server, and its answer back.
 *
 * @param message - its message, if that has been read already
 */
export function forward(
  stream: http2.ServerHttp2Stream,
  headers: http2.IncomingHttpHeaders,
  session: http2.ClientHttp2Session,
  onAnswered: () => void,
  message?: Buffer,
): void {
  const request = session.request(headers);
  let trailers: http2.OutgoingHttpHeaders = {};
  request.on("error", () => {
    stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  });
  request.on("response", (response, flags) => {
    const isOnlyHeaders = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    if (isOnlyHeaders) {
      stream.respond(response, { endStream: true });
      return;
    }
    respond(stream, response, () => trailers);
    request.pipe(stream);
  });
  request.on("trailers", (received) => {
    trailers = { ...received };
  });
  request.on("close", onAnswered);
  stream.on("aborted", () => {
    request.close(http2.constants.NGHTTP2_CANCEL);
  });
  if (message) request.end(framed(message));
  else stream.pipe(request);
}

/** Calls a method. @throws what the server answers in place of a message */
export async function call(
  session: http2.ClientHttp2Session,
  method: string,
  message: Buffer = Buffer.alloc(0),
): Promise<Buffer> {
  const request = session.request({
    ":method": "POST",
    [HTTP2_HEADER_PATH]: method,
    [HTTP2_HEADER_CONTENT_TYPE]: "application/grpc",
    te: "trailers",
  });
  const status = new Promise<unknown>((resolve) => {
    request.on("response", (headers) => {
      if (headers["grpc-status"] !== undefined) resolve(headers["grpc-status"]);
    });
    request.on("trailers", (trailers) => {
      resolve(trailers["grpc-status"]);
    });
    request.on("close", () => {
      resolve("none");
    });
  });
  request.end(framed(message));
  const answered = await messageOf(request);
  if (Number(await status) !== 0) throw new Error(`${method} answered with the status ${String(await status)}.`);
  return answered;
}

/** The message that a stream brings, of one at most. */
export async function messageOf(stream: http2.Http2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).subarray(FRAME_BYTES);
}

/** The entries of a Protocol Buffers message: field number, bytes with tag, and content. All fields are length-delimited or numbers. */
export function* fields(message: Buffer): Generator<{ field: number; whole: Buffer; content: Buffer }> {
  for (let at = 0; at < message.length;) {
    const tag = varint(message, at);
    const number = varint(message, tag.next);
    const isBytes = (tag.value & 7) === 2;
    const end = isBytes ? number.next + number.value : number.next;
    const content = isBytes ? message.subarray(number.next, end) : Buffer.alloc(0);
    yield { field: tag.value >>> 3, whole: message.subarray(at, end), content };
    at = end;
  }
}

const FRAME_BYTES = 5;

/** gRPC's frame: not compressed, and the length. */
function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(FRAME_BYTES);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function respond(
  stream: http2.ServerHttp2Stream,
  headers: http2.OutgoingHttpHeaders,
  trailers: () => http2.OutgoingHttpHeaders,
): void {
  stream.respond(headers, { waitForTrailers: true });
  stream.on("wantTrailers", () => {
    stream.sendTrailers(trailers());
  });
}

function varint(bytes: Buffer, from: number): { value: number; next: number } {
  let value = 0;
  let next = from;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[next++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) {
      return { value, next };
    }
  }
}
