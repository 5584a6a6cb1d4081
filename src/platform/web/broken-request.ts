import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { securityHeaders } from './headers.ts';

/**
 * Answers what is not even a request of HTTP, or is too slow or too long to become one. It
 * goes straight to the socket, since there is no request yet, with the headers of every answer.
 * Gives the status that it answered with; null where nobody is there to hear it.
 */
export function answerBrokenRequest(
  error: Error & { code?: string },
  socket: Socket,
  https: boolean,
): number | null {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return null;
  }
  const status = statuses[error.code ?? ''] ?? 400;
  const text = 'We could not understand that request. Check the address and try again.\n';
  const headers = {
    ...securityHeaders({ nonce: randomBytes(16).toString('base64url'), https }),
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', text].join('\r\n'));
  return status;
}

const statuses: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};
